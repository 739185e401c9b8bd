package io.myrixen.netfront;

import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.xen.EventChannel;
import java.lang.foreign.MemorySegment;

/**
 * Where the memory and the channels that endpoints share with the NIC come from: offered by this
 * process, or handed out by the driver domain. Either way a request speaks of them, and they are
 * there for use once that has been granted. Confined to the control thread.
 */
interface Supply {

  /**
   * Memory for a window, which the NIC finds initialised.
   *
   * @throws io.myrixen.mx.MxException with {@code NO_RESOURCES} that names the limit
   */
  Pages window(int pageCount);

  /** Memory for a region. Fails as {@link #window} does. */
  Pages region(int pageCount);

  /** A channel between an endpoint and the NIC. Fails as {@link #window} does. */
  Channel channel();

  /** Memory, from before the request for it until it is given back. */
  interface Pages extends AutoCloseable {

    /** What the request says of them. */
    PageList list();

    int pageCount();

    /**
     * The request has been granted.
     *
     * @throws io.myrixen.xen.XenException if they cannot be had all the same
     */
    void granted();

    /** The pages, once {@link #granted}. */
    MemorySegment memory();

    /** Gives them back: the NIC touches them no more, or never has. Idempotent. */
    @Override
    void close();
  }

  /** A channel, from before the request for it until it is given back. */
  interface Channel extends AutoCloseable {

    /** What the request says of it. */
    int port();

    /**
     * The request has been granted, after that of the window in the same request. Returns this end.
     *
     * @throws io.myrixen.xen.XenException if it cannot be had all the same
     */
    EventChannel granted();

    /** Gives it back. Idempotent. */
    @Override
    void close();
  }
}
