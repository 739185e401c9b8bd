package io.myrixen.netfront;

import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.ReceivedResponse;
import io.myrixen.xen.Pollable;
import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.PollSource;
import io.myrixen.xen.linux.UnixStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a control ring, one after the other, over a socket of the driver domain's. Answers
 * come in the order of their requests.
 */
final class StreamTransport implements Transport, PollSource {

  /**
   * Requests under way: as many as a ring has, and few enough that they always fit into the socket,
   * so that writing never waits.
   */
  private static final int MOST_UNDER_WAY = 16;

  private final UnixStream stream;
  private final MemorySegment request = Arena.ofAuto().allocate(ControlRing.ENTRY_BYTES);
  private final MemorySegment answer = Arena.ofAuto().allocate(ControlRing.ENTRY_BYTES);
  private int answerBytes;
  private int underWay;
  private boolean peerGone;

  StreamTransport(UnixStream stream) {
    this.stream = stream;
  }

  @Override
  public Pollable source() {
    return this;
  }

  @Override
  public Descriptor descriptor() {
    return stream.descriptor();
  }

  @Override
  public boolean pendingUnseen() {
    return false;
  }

  @Override
  public void drain() {}

  @Override
  public int free() {
    return MOST_UNDER_WAY - underWay;
  }

  @Override
  public void write(int requestId, ControlRequest written) {
    written.write(requestId, request, 0);
    underWay++;
    try {
      stream.send(request);
    } catch (XenException _) {
      peerGone = true;
    }
  }

  @Override
  public void push() {}

  @Override
  public @Nullable ReceivedResponse poll() {
    int received = stream.receive(answer.asSlice(answerBytes), false);
    if (received == UnixStream.END) {
      peerGone = true;
    }
    answerBytes += Math.max(received, 0);
    if (answerBytes < ControlRing.ENTRY_BYTES) {
      return null;
    }
    answerBytes = 0;
    underWay--;
    return ControlResponse.read(answer, 0);
  }

  @Override
  public boolean finalCheck() {
    return false;
  }

  @Override
  public boolean peerGone() {
    return peerGone;
  }

  @Override
  public void close() {
    stream.close();
  }
}
