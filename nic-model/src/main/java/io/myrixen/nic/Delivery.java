package io.myrixen.nic;

import io.myrixen.mx.window.NackType;

/** What became of a packet. */
enum Delivery {
  /** It is on its way, or there. */
  DELIVERED(0, NicCounter.DELIVERIES),
  /** The receiver has no room now. */
  NO_ROOM(0, NicCounter.RECEIVER_FULL),
  /** Refused: the endpoint id is out of range. */
  BAD_ENDPOINT(NackType.BAD_ENDPOINT, NicCounter.NACK_BAD_ENDPOINT),
  /** Refused: the endpoint is not open. */
  ENDPOINT_CLOSED(NackType.ENDPOINT_CLOSED, NicCounter.NACK_ENDPOINT_CLOSED),
  /** Refused: the endpoint has another session. */
  BAD_SESSION(NackType.BAD_SESSION, NicCounter.NACK_BAD_SESSION),
  /** Refused: a pull names an RDMA window that is not open to it. */
  BAD_RDMA_WINDOW(NackType.BAD_RDMA_WINDOW, NicCounter.NACK_BAD_RDMA_WINDOW),
  /** Refused: no such NIC is known. */
  NIC_UNREACHABLE(NackType.NIC_UNREACHABLE, NicCounter.NACK_NIC_UNREACHABLE);

  private final int nackType;
  private final NicCounter counter;

  Delivery(int nackType, NicCounter counter) {
    this.nackType = nackType;
    this.counter = counter;
  }

  /** The {@link NackType} of a refusal, else 0. */
  int nackType() {
    return nackType;
  }

  /** What counts it. */
  NicCounter counter() {
    return counter;
  }
}
