package io.myrixen.nic;

import io.myrixen.mx.window.Kind;

/** What the NIC counts, for itself and for each endpoint. Counts only grow. */
public enum NicCounter {
  /** Commands taken from send queues. */
  COMMANDS("commands"),
  /** Tiny messages taken. */
  TINY("tiny messages"),
  /** Small messages taken. */
  SMALL("small messages"),
  /** Fragments of medium messages taken. */
  MEDIUM("medium fragments"),
  /** Rendezvous announcements taken. */
  RNDV("rendezvous"),
  /** Notifications of a rendezvous' end taken. */
  NOTIFY("notifies"),
  /** Connect requests and replies taken. */
  CONNECT("connects"),
  /** Acknowledgements taken. */
  ACK("acks"),
  /** Pulls taken. */
  PULL("pulls"),
  /** Payload bytes of messages taken, pulls apart. */
  BYTES("payload bytes"),
  /** Events written to a receiver on this NIC; counted at the receiver. */
  DELIVERIES("local deliveries"),
  /** Commands answered with RECEIVER_FULL; counted at the sender. */
  RECEIVER_FULL("receiver full"),
  /** Refusals because the endpoint id is out of range; as all refusals, counted at the sender. */
  NACK_BAD_ENDPOINT("nack bad endpoint"),
  /** Refusals because the endpoint is not open. */
  NACK_ENDPOINT_CLOSED("nack endpoint closed"),
  /** Refusals because the session is another one. */
  NACK_BAD_SESSION("nack bad session"),
  /** Refusals of pulls because of an RDMA window. */
  NACK_BAD_RDMA_WINDOW("nack bad rdma window"),
  /** Refusals because no such NIC is known. */
  NACK_NIC_UNREACHABLE("nack nic unreachable"),
  /**
   * Packets dropped without an answer: acks and connect replies that nobody takes, and nacks for
   * which the sender has no room.
   */
  DROPPED("dropped"),
  /** Pulls that moved all their bytes. */
  PULLS_DONE("pulls done"),
  /** Pulls ended before, since an endpoint, a region or an RDMA window went away. */
  PULLS_ABORTED("pulls aborted"),
  /** Bytes moved by pulls; counted at the puller. */
  PULLED_BYTES("pulled bytes"),
  /** Event channels raised towards a VM that slept. */
  NOTIFICATIONS("notifications"),
  /** Endpoints closed because their VM broke the window's rules. */
  FAULTS("faults");

  private static final NicCounter[] ALL = values();

  private final String label;

  NicCounter(String label) {
    this.label = label;
  }

  /** What a table of counters calls it. */
  public String label() {
    return label;
  }

  static int count() {
    return ALL.length;
  }

  /** Where it stands in an array of counts; nothing outside this JVM sees the number. */
  @SuppressWarnings("EnumOrdinal")
  int slot() {
    return ordinal();
  }

  /** The counter of commands of {@code kind}, which has been judged. */
  static NicCounter ofKind(int kind) {
    return switch (kind) {
      case Kind.TINY -> TINY;
      case Kind.SMALL -> SMALL;
      case Kind.MEDIUM -> MEDIUM;
      case Kind.RNDV -> RNDV;
      case Kind.NOTIFY -> NOTIFY;
      case Kind.ACK -> ACK;
      case Kind.PULL -> PULL;
      default -> CONNECT;
    };
  }
}
