package io.myrixen.xen.store;

import io.myrixen.xen.XenStoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of any XenStore, ours or Xen's own, over a {@link StoreTransport}. Confined to one
 * thread at a time. A store that breaks the protocol is taken for gone.
 */
public class XenStoreClient extends RequestStore {

  /** Room for one of the longest messages, in bytes, so that most reads take a whole one. */
  private static final int READ_BYTES = XsMessage.HEADER_BYTES + XsMessage.MAX_PAYLOAD_BYTES;

  private final StoreTransport transport;
  private final XsDecoder decoder = new XsDecoder();
  private final Deque<WatchEvent> events = new ArrayDeque<>();
  private final byte[] readBuffer = new byte[READ_BYTES];
  private int lastRequestId;
  private boolean gone;

  /** Speaks over {@code transport}, which is connected, and closes it in the end. */
  public XenStoreClient(StoreTransport transport) {
    this.transport = transport;
  }

  /**
   * Runs a CONTROL command of the store. Privileged connections only.
   *
   * @return the store's text
   */
  public String control(String... words) {
    byte[] payload = ClientText.payload(Node.EMPTY, words);
    XsMessage reply = exchange(XsType.CONTROL, 0, payload);
    String text = ClientText.success(reply, "control " + List.of(words)).text();
    return text.endsWith("\0") ? text.substring(0, text.length() - 1) : text;
  }

  /**
   * Whether an event was already taken off the transport, so that a sleeper on the transport alone
   * would miss it.
   */
  public boolean eventQueued() {
    return !events.isEmpty() || gone;
  }

  @Override
  XsMessage exchange(int type, int transactionId, byte[] payload) {
    int requestId = ++lastRequestId;
    if (!gone) {
      byte[] bytes = new XsMessage(type, requestId, transactionId, payload).encode();
      transport.write(bytes, 0, bytes.length);
    }
    while (true) {
      XsMessage message = receive(true);
      if (message == null) {
        throw new XenStoreException(XsError.EIO.name(), "connection to the store is gone");
      }
      if (message.type() == XsType.WATCH_EVENT) {
        queue(message);
      } else if (message.requestId() == requestId
          && (message.type() == type || message.type() == XsType.ERROR)) {
        queueWhatCameWithIt();
        return message;
      } else {
        goneForGood();
        throw new XenStoreException(XsError.EIO.name(), "not the reply: " + message);
      }
    }
  }

  /** Leaves no whole event in the decoder, where nobody who is about to sleep would see it. */
  private void queueWhatCameWithIt() {
    for (XsMessage next = decoder.poll(); next != null && !gone; next = decoder.poll()) {
      queueUnasked(next);
    }
  }

  /** Queues an event; nothing else may come, as no request is under way. */
  private void queueUnasked(XsMessage message) {
    if (message.type() == XsType.WATCH_EVENT) {
      queue(message);
    } else {
      goneForGood();
    }
  }

  @Override
  public @Nullable WatchEvent pollWatch() {
    while (events.isEmpty()) {
      XsMessage message = receive(false);
      if (message == null) {
        return null;
      }
      queueUnasked(message);
      queueWhatCameWithIt();
    }
    return events.poll();
  }

  @Override
  public boolean disconnected() {
    return gone;
  }

  @Override
  public void close() {
    goneForGood();
  }

  private void queue(XsMessage message) {
    WatchEvent event = eventOf(message);
    if (event == null) {
      goneForGood();
    } else {
      events.add(event);
    }
  }

  /** Returns the next message, or null if none has come or none will. */
  private @Nullable XsMessage receive(boolean blocking) {
    while (true) {
      XsMessage message = decoder.poll();
      if (message != null || gone) {
        return message;
      }
      int count = decoder.malformed() ? -1 : transport.read(readBuffer, 0, READ_BYTES, blocking);
      if (count < 0) {
        goneForGood();
      } else if (count == 0 && !blocking) {
        return null;
      } else {
        decoder.offer(readBuffer, 0, count);
      }
    }
  }

  private void goneForGood() {
    gone = true;
    transport.close();
  }
}
