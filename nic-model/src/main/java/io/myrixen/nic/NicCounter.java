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
  /** Fragments of medium messages sent: on this NIC each message is one. */
  MEDIUM("Send MediumSQ Frag"),
  /** Rendezvous announcements taken. */
  RNDV("Send Rndv"),
  /** Notifications of a rendezvous' end taken. */
  NOTIFY("Send Notify"),
  /** Connect requests taken. */
  CONNECT_REQUEST("Send Connect Request"),
  /** Connect replies taken. */
  CONNECT_REPLY("Send Connect Reply"),
  /** Questions whether a NIC is there, and for the names of peers. */
  HOST_QUERY("Send Host Query"),
  /** Acknowledgements taken. */
  ACK("Send LibAck"),
  /**
   * Refusals of packets: by a board, of which no endpoint of it knows, counted at the board; and by
   * libraries of partners that they have given up.
   */
  NACKS_SENT("Send Nack Lib"),
  /** Discoveries of a board, broadcast. */
  RAW("Send Raw"),
  /** Names told to peers that asked; counted at the board. */
  HOST_REPLY("Send Host Reply"),
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
  /** Discoveries heard; counted for the NIC. */
  RECEIVED_RAW("Recv Raw"),
  /** Questions whether a board is there, and for its name; counted at that board. */
  RECEIVED_HOST_QUERY("Recv Host Query"),
  /** Names told by peers, which shows that they are there; counted at the board that asked. */
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
  /** Frames given to the port; as all that concerns no board, counted for the NIC. */
  FRAMES_SENT("Frames Sent"),
  /** Frames that the port brought, whatever became of them. */
  FRAMES_RECEIVED("Frames Received"),
  /** Frames that showed a defect of the NIC's own. */
  FRAMES_FAILED("Frames Failed"),
  /** Nacks and names not sent, since the peer has had its share or the port is full. */
  ANSWERS_WITHHELD("Answers Withheld"),
  /** Frames dropped that are too short for their header. */
  DROP_BAD_HEADER("Drop Bad Header DataLen"),
  /** Frames dropped whose lengths contradict each other, or the profile. */
  DROP_BAD_LENGTH("Drop Bad DataLen"),
  /** Frames dropped that are longer than the profile allows. */
  DROP_BAD_FRAME_LENGTH("Drop Bad SkbLen"),
  /** Frames dropped that no known peer sent. */
  DROP_BAD_PEER_ADDR("Drop Bad Peer Addr"),
  /** Frames dropped that bear the index of another peer than their sender. */
  DROP_BAD_PEER_INDEX("Drop Bad Peer Index"),
  /** Acknowledgements and replies dropped that are for no open endpoint. */
  DROP_BAD_ENDPOINT("Drop Bad Endpoint"),
  /** Acknowledgements dropped that are for another opening of the endpoint. */
  DROP_BAD_SESSION("Drop Bad Session"),
  /**
   * Requests to pull dropped that ask for more than the profile allows, or for what is not there.
   */
  DROP_PULL_BAD_BLOCK("Drop Pull Bad Replies"),
  /** Answers dropped that nobody has asked for. */
  DROP_HOST_REPLY_BAD_MAGIC("Drop Host Reply Bad Magic"),
  /** Names dropped that are none. */
  DROP_BAD_NAME("Drop Host Reply Bad Name"),
  /** Frames dropped of a kind of acknowledgement or refusal that does not exist. */
  DROP_UNKNOWN_CODE("Drop Invalid Type"),
  /** Frames dropped of a type that does not exist, or that only native MX acts upon. */
  DROP_UNKNOWN_TYPE("Drop Unknown Type"),
  /** Frames dropped that are for no board of this NIC. */
  DROP_NOT_HERE("Drop Not Here"),
  /** Frames dropped of another protocol. */
  DROP_OTHER_PROTOCOL("Drop Other Protocol"),
  /** Blocks asked of peers; counted at the puller, as all of pulls that is not said otherwise. */
  PULL_BLOCKS("Send Pull Block"),
  /** Blocks asked for again, since some of them did not come. */
  PULL_BLOCKS_AGAIN("Send Pull Block Again"),
  /** Times that nothing of what was asked for came in time. */
  PULL_REPLIES_LATE("Pull Timeout Handler"),
  /** Pulls given up, since nothing came for very long. */
  PULLS_TIMED_OUT("Pull Timeout Abort"),
  /** Frames of pulls' data taken. */
  RECEIVED_PULL_REPLY("Recv Pull Reply"),
  /** Frames of a pull that are no frame of it, or were not asked for. */
  DROP_PULL_REPLY_BAD_SEQUENCE("Drop Pull Reply Bad SeqNum"),
  /** Frames of a pull that had come before. */
  DROP_PULL_REPLY_DUPLICATE("Drop Pull Reply Duplicate"),
  /** Frames of no pull, or of one that has ended; counted at the board. */
  DROP_PULL_REPLY_BAD_HANDLE("Drop Pull Reply Bad Wire Handle"),
  /** Refusals of no pull, or of one that has ended; counted at the board. */
  DROP_NACK_MCP_BAD_HANDLE("Drop Nack MCP Bad Wire Handle"),
  /** Frames of data sent to peers; counted at their source. */
  PULL_REPLIES("Send Pull Reply"),
  /** Refusals of peers' pulls; counted at the board. */
  PULL_NACKS_SENT("Send Nack MCP"),
  /** Peers' requests that lie outside their window; counted at the source. */
  DROP_PULL_BAD_OFFSET("Drop Pull Bad Offset/Length"),
  /** Peers' requests that repeat what waits already, or are too many; counted at the source. */
  DROP_PULL_NOT_NOW("Drop Pull Not Now"),
  /** Staged windows filled anew for what a peer asked for again; counted at the source. */
  PULL_SEEKS("Pull Seeks"),
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
      case Kind.NACK -> NACKS_SENT;
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
      case Kind.NACK -> RECEIVED_NACK;
      default -> throw new IllegalArgumentException("no kind of a packet: " + kind);
    };
  }
}
