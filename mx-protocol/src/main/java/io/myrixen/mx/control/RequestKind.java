package io.myrixen.mx.control;

import org.jspecify.annotations.Nullable;

/** What a VM or native process asks for. Explicit numbers: never reuse or renumber one. */
public enum RequestKind {
  BOARD_INFO(1),
  PEER_BY_NAME(2),
  PEER_BY_NIC(3),
  PEERS(4),
  OPEN_ENDPOINTS(5),
  OPEN_ENDPOINT(6),
  CLOSE_ENDPOINT(7),
  REGISTER_REGION(8),
  DEREGISTER_REGION(9),
  OPEN_BOARD(10);

  private final int code;

  RequestKind(int code) {
    this.code = code;
  }

  /** Value in a request, and echoed in its response. */
  public int code() {
    return code;
  }

  static @Nullable RequestKind of(int code) {
    return switch (code) {
      case 1 -> BOARD_INFO;
      case 2 -> PEER_BY_NAME;
      case 3 -> PEER_BY_NIC;
      case 4 -> PEERS;
      case 5 -> OPEN_ENDPOINTS;
      case 6 -> OPEN_ENDPOINT;
      case 7 -> CLOSE_ENDPOINT;
      case 8 -> REGISTER_REGION;
      case 9 -> DEREGISTER_REGION;
      case 10 -> OPEN_BOARD;
      default -> null;
    };
  }
}
