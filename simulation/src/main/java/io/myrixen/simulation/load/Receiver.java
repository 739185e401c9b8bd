package io.myrixen.simulation.load;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.oracle.MatchInfo;
import io.myrixen.simulation.oracle.Pattern;
import io.myrixen.simulation.oracle.ViolationException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Receives numbered messages, each sender's in order, and looks at what is in them. */
final class Receiver extends Looker {

  /** Of so many messages one is looked at whole, the others where they are stamped. */
  private static final int WHOLE_ONE_IN = 16;

  private record Slot(MemorySegment buffer, Request request, int sender, int number) {}

  private final boolean registered;

  /** Receives posted for each sender so far. */
  private final int[] posted;

  private long messages;

  Receiver(SimulatedSystem system, Endpoint endpoint, int senders, boolean registered) {
    super(system, endpoint);
    this.registered = registered;
    posted = new int[senders];
  }

  long messages() {
    return messages;
  }

  @Override
  void begin() {
    for (int sender = 0; sender < posted.length; sender++) {
      for (int i = 0; i < Load.IN_FLIGHT; i++) {
        MemorySegment buffer = Buffers.of(endpoint, registered);
        receive(buffer, endpoint.newRequest(), sender);
      }
    }
  }

  /** Gets the sender's next message that no receive waits for yet, since they match in order. */
  private void receive(MemorySegment buffer, Request request, int sender) {
    var slot = new Slot(buffer, request, sender, posted[sender]++);
    long info = MatchInfo.of(0, sender, 0);
    endpoint.irecv(buffer, info, MatchInfo.SENDER_MASK, request.context(slot));
  }

  @Override
  void ended(Status outcome) {
    var slot = (Slot) Objects.requireNonNull(outcome.context());
    int number = (int) outcome.matchInfo();
    if (number != slot.number()) {
      throw new ViolationException(
          "message %d of sender %d in the place of %d"
              .formatted(number, slot.sender(), slot.number()));
    }
    if (!Buffers.isStamped(slot.buffer(), number)) {
      throw new ViolationException("message %d is not as it was sent".formatted(number));
    }
    if (number % WHOLE_ONE_IN == 0 && middleDiffers(slot)) {
      throw new ViolationException("message %d differs inside".formatted(number));
    }
    messages++;
    receive(slot.buffer(), slot.request(), slot.sender());
  }

  private static boolean middleDiffers(Slot slot) {
    MemorySegment middle =
        slot.buffer().asSlice(Buffers.STAMP_BYTES, Load.MESSAGE_BYTES - 2 * Buffers.STAMP_BYTES);
    return Pattern.mismatch(middle, Sender.key(slot.sender()), Buffers.STAMP_BYTES) >= 0;
  }
}
