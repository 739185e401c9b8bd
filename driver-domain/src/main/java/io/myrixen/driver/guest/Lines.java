package io.myrixen.driver.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.Request;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Lines as messages between two guests: what others are told on their standard input. Confined to
 * the endpoint's thread.
 */
final class Lines {

  /** Far longer than any line there is; longer ones are refused. */
  private static final int MOST_BYTES = 4096;

  private final Endpoint endpoint;
  private final Waiting waiting;
  private final MemorySegment memory = MemorySegment.ofArray(new byte[MOST_BYTES]);
  private final Request sending;
  private final Request receiving;
  private final Status status = new Status();

  Lines(Endpoint endpoint, Peers peers) {
    this.endpoint = endpoint;
    this.waiting = new Waiting(endpoint, peers);
    this.sending = endpoint.newRequest();
    this.receiving = endpoint.newRequest();
  }

  /**
   * A line and who sent it.
   *
   * @param sender the index that its sender gives itself
   */
  record Heard(Line line, EndpointAddress source, int sender) {}

  /**
   * Says {@code line} as guest {@code self}.
   *
   * @throws MxException if it cannot be delivered
   */
  void say(EndpointAddress to, int self, Line line) {
    MemorySegment text = MemorySegment.ofArray(line.toString().getBytes(UTF_8));
    endpoint.isend(text, to, Tag.of(Tag.LINE, 0, self, 0), sending);
    waiting.sent(sending, status);
  }

  /** Returns the next line of anybody, however long that takes. */
  Heard awaitAny() {
    endpoint.irecv(memory, Tag.of(Tag.LINE, 0, 0, 0), Tag.KIND_MASK, receiving);
    if (!endpoint.await(receiving, status)) {
      throw new MxException(ReturnCode.NOT_COMPLETED, "the wait for a line was ended");
    }
    return heard();
  }

  /**
   * Returns the next line of guest {@code sender}.
   *
   * @throws MxException with {@code TIMEOUT} if none comes in time, another if the guest is dead
   */
  Line await(int sender, Duration limit) {
    endpoint.irecv(memory, Tag.of(Tag.LINE, 0, sender, 0), Mx.MATCH_EXACT, receiving);
    return switch (waiting.forReceive(receiving, sender, limit, status)) {
      case ENDED -> heard().line();
      case SENDER_DEAD -> throw new MxException(ReturnCode.FAILURE, "it is gone");
      case TIMED_OUT ->
          throw new MxException(
              ReturnCode.TIMEOUT, "it says nothing for " + limit.toSeconds() + " seconds");
    };
  }

  /** Judges what has come: anybody may have sent it who knows the key. */
  private Heard heard() {
    if (status.code() == StatusCode.TRUNCATED) {
      Line cut = Line.of("unreadable").with("what", status.messageLength() + " bytes");
      return new Heard(cut, status.source(), Tag.sender(status.matchInfo()));
    }
    if (!status.ok()) {
      throw new MxException(ReturnCode.FAILURE, "waiting for a line ended with " + status.code());
    }
    byte[] bytes = memory.asSlice(0, status.transferLength()).toArray(ValueLayout.JAVA_BYTE);
    return new Heard(parse(bytes), status.source(), Tag.sender(status.matchInfo()));
  }

  private static Line parse(byte[] bytes) {
    try {
      return Line.parse(new String(bytes, UTF_8));
    } catch (IllegalArgumentException e) {
      return Line.of("unreadable").with("what", String.valueOf(e.getMessage()));
    }
  }
}
