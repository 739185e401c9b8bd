package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;

/** Judges copies of commands: what passes may be executed as it stands. */
final class CommandJudge {

  private static final int MAX_TINY_BYTES = 32;
  private static final int MAX_SMALL_BYTES = WindowLayout.SMALL_CELL_BYTES;

  private CommandJudge() {}

  /**
   * Judges {@code command}. Destination and session are no part of it: what is wrong with them is
   * answered with a nack.
   *
   * @throws EndpointFault naming the first field that is wrong
   */
  static void judge(Descriptor command, WindowGeometry geometry) {
    switch (command.kind) {
      case Kind.TINY -> range("tiny length", command.lengthBytes(), 0, MAX_TINY_BYTES);
      case Kind.SMALL -> range("small length", command.lengthBytes(), 0, MAX_SMALL_BYTES);
      case Kind.MEDIUM -> judgeMedium(command, geometry);
      case Kind.RNDV ->
          range("rdma window", command.remoteWindowId(), 0, geometry.rdmaWindowCount() - 1L);
      case Kind.PULL ->
          range("rdma window", command.localWindowId(), 0, geometry.rdmaWindowCount() - 1L);
      case Kind.NACK ->
          range("nack type", command.nackType(), NackType.BAD_SESSION, NackType.BAD_SESSION);
      case Kind.NOTIFY, Kind.ACK, Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY, Kind.HOST_QUERY -> {}
      default -> throw new EndpointFault("command kind", command.kind);
    }
  }

  private static void judgeMedium(Descriptor command, WindowGeometry geometry) {
    long length = command.lengthBytes();
    range("medium length", length, MAX_SMALL_BYTES + 1L, WindowLayout.MEDIUM_BYTES);
    for (int i = 0; (long) i * WindowLayout.SEND_SLOT_BYTES < length; i++) {
      range("send slot", command.sendSlot(i), 0, geometry.sendSlotCount() - 1L);
    }
  }

  private static void range(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new EndpointFault(what, value);
    }
  }
}
