package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.XenException;

/** Memory and channels that a VM grants to its driver domain. */
final class GrantSupply implements Supply {

  private final Domain domain;
  private final int backendDomid;

  GrantSupply(Domain domain, int backendDomid) {
    this.domain = domain;
    this.backendDomid = backendDomid;
  }

  @Override
  public Pages window(int pageCount) {
    Pages pages = region(pageCount);
    new ControlLines(pages.memory()).initialise();
    return pages;
  }

  @Override
  public Pages region(int pageCount) {
    return OfferedPages.offer(domain, backendDomid, pageCount);
  }

  @Override
  public Channel channel() {
    try {
      return new Allocated(domain.eventChannels().allocate(backendDomid));
    } catch (XenException e) {
      throw new MxException(ReturnCode.NO_RESOURCES, String.valueOf(e.getMessage()), e);
    }
  }

  /** A channel that the driver domain may bind. */
  private record Allocated(EventChannel granted) implements Channel {

    @Override
    public int port() {
      return granted.port();
    }

    @Override
    public void close() {
      granted.close();
    }
  }
}
