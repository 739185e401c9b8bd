package io.myrixen.nic;

import io.myrixen.mx.window.Kind;

/**
 * What the NIC counts, for itself, for each board and for each endpoint. Counts only grow. Labels
 * are Open-MX's where it counts the same.
 */
public enum NicCounter {
  /** Commands taken from send queues. */
  COMMANDS("Commands"),
  /** Messages taken, of all classes. */
  MESSAGES("Send Messages"),
  /** Tiny messages taken. */
  TINY("Send Tiny"),
  /** Small messages taken. */
  SMALL("Send Small"),
  /** Medium messages taken: on this NIC each is one fragment. */
  MEDIUM("Send MediumSQ Frag"),
  /** Rendezvous announcements taken. */
  RNDV("Send Rndv"),
  /** Notifications of a rendezvous' end taken. */
  NOTIFY("Send Notify"),
  /** Connect requests taken. */
  CONNECT_REQUEST("Send Connect Request"),
  /** Connect replies taken. */
  CONNECT_REPLY("Send Connect Reply"),
  /** Questions whether a NIC is there. */
  HOST_QUERY("Send Host Query"),
  /** Acknowledgements taken. */
  ACK("Send LibAck"),
  /** Refusals of packets by a board, of which no endpoint of it knows; counted at the board. */
  NACKS_SENT("Send Nack Lib"),
  /** Pulls taken. */
  PULL("Send Pull Request"),
  /** Payload bytes of messages taken, pulls apart. */
  BYTES("Send Bytes"),
  /** Packets written to a receiver on this NIC, of all kinds; counted at the receiver. */
  DELIVERIES("Deliveries"),
  /** Tiny messages delivered. */
  RECEIVED_TINY("Recv Tiny"),
  /** Small messages delivered. */
  RECEIVED_SMALL("Recv Small"),
  /** Medium messages delivered, or fragments of them if they came over a wire. */
  RECEIVED_MEDIUM("Recv Medium Frag"),
  /** Rendezvous announcements delivered. */
  RECEIVED_RNDV("Recv Rndv"),
  /** Notifications of a rendezvous' end delivered. */
  RECEIVED_NOTIFY("Recv Notify"),
  /** Connect requests delivered. */
  RECEIVED_CONNECT_REQUEST("Recv Connect Request"),
  /** Connect replies delivered. */
  RECEIVED_CONNECT_REPLY("Recv Connect Reply"),
  /** Answers to questions whether a NIC is there. */
  RECEIVED_HOST_REPLY("Recv Host Reply"),
  /** Acknowledgements delivered. */
  RECEIVED_ACK("Recv LibAck"),
  /** Refusals of packets that the sender was told of; counted at the sender. */
  RECEIVED_NACK("Recv Nack Lib"),
  /** Pulls refused; counted at the puller. */
  RECEIVED_PULL_NACK("Recv Nack MCP"),
  /** Pulls begun from this endpoint's windows; counted at their source. */
  RECEIVED_PULL("Recv Pull Request"),
  /** Commands answered with RECEIVER_FULL; counted at the sender. */
  RECEIVER_FULL("Receiver Full"),
  /** Packets that found no room; counted at the receiver. */
  EVENT_QUEUE_FULL("Unexpected Event Queue Full"),
  /** Refusals because the endpoint id is out of range; as all refusals, counted at the sender. */
  NACK_BAD_ENDPOINT("Nack Bad Endpoint"),
  /** Refusals because the endpoint is not open. */
  NACK_ENDPOINT_CLOSED("Nack Endpoint Closed"),
  /** Refusals because the session is another one. */
  NACK_BAD_SESSION("Nack Bad Session"),
  /** Refusals of pulls because of an RDMA window. */
  NACK_BAD_RDMA_WINDOW("Nack Bad RDMA Window"),
  /** Refusals because no such NIC is known. */
  NACK_NIC_UNREACHABLE("Nack NIC Unreachable"),
  /**
   * Packets dropped without an answer: acks and connect replies that nobody takes, and nacks for
   * which the sender has no room.
   */
  DROPPED("Dropped"),
  /** Pulls that moved all their bytes. */
  PULLS_DONE("Pulls Done"),
  /** Pulls ended before, since an endpoint, a region or an RDMA window went away. */
  PULLS_ABORTED("Pulls Aborted"),
  /** Bytes moved by pulls; counted at the puller. */
  PULLED_BYTES("Pulled Bytes"),
  /** Event channels raised towards a VM that slept. */
  NOTIFICATIONS("Notifications"),
  /** Endpoints closed because their VM broke the window's rules. */
  FAULTS("Faults");

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
  static NicCounter ofSent(int kind) {
    return switch (kind) {
      case Kind.TINY -> TINY;
      case Kind.SMALL -> SMALL;
      case Kind.MEDIUM -> MEDIUM;
      case Kind.RNDV -> RNDV;
      case Kind.NOTIFY -> NOTIFY;
      case Kind.CONNECT_REQUEST -> CONNECT_REQUEST;
      case Kind.CONNECT_REPLY -> CONNECT_REPLY;
      case Kind.HOST_QUERY -> HOST_QUERY;
      case Kind.ACK -> ACK;
      case Kind.PULL -> PULL;
      default -> throw new IllegalArgumentException("no kind of a command: " + kind);
    };
  }

  /** The counter of packets of {@code kind}, which has been judged, at their receiver. */
  static NicCounter ofReceived(int kind) {
    return switch (kind) {
      case Kind.TINY -> RECEIVED_TINY;
      case Kind.SMALL -> RECEIVED_SMALL;
      case Kind.MEDIUM -> RECEIVED_MEDIUM;
      case Kind.RNDV -> RECEIVED_RNDV;
      case Kind.NOTIFY -> RECEIVED_NOTIFY;
      case Kind.CONNECT_REQUEST -> RECEIVED_CONNECT_REQUEST;
      case Kind.CONNECT_REPLY -> RECEIVED_CONNECT_REPLY;
      case Kind.ACK -> RECEIVED_ACK;
      default -> throw new IllegalArgumentException("no kind of a packet: " + kind);
    };
  }
}
