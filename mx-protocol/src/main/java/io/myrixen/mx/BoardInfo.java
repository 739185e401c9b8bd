package io.myrixen.mx;

import io.myrixen.mx.board.Board;
import io.myrixen.mx.window.WindowLayout;
import java.util.HexFormat;

/** What MX tells about one board. */
final class BoardInfo {

  /** What MX takes for no limit. */
  private static final long UNLIMITED = 0xFFFF_FFFFL;

  /** MX's {@code MX_NET_ETHER}. */
  private static final long ETHERNET = 1;

  /** MX's {@code MX_SPEED_10G}. */
  private static final long SPEED_10G = 1;

  private BoardInfo() {}

  static InfoValue of(InfoKey key, Board board) {
    return switch (key) {
      case MAX_NATIVE_ENDPOINTS -> number(board.maxEndpoints());
      case NATIVE_REQUESTS -> number(UNLIMITED);
      case PRODUCT_CODE -> new InfoValue.Text("10G-MYRIXEN");
      case PART_NUMBER -> new InfoValue.Text("MyriXen");
      case SERIAL_NUMBER -> new InfoValue.Text(mac(board.nicId()));
      case PORT_COUNT -> number(1);
      case PIO_SEND_MAX -> number(WindowLayout.SMALL_CELL_BYTES);
      case COPY_SEND_MAX -> number(EndpointOptions.fromEnvironment().rendezvousThreshold());
      case NUMA_NODE -> number(0); // A VM is shown one.
      case NET_TYPE -> number(ETHERNET);
      case LINE_SPEED -> number(SPEED_10G);
      case NIC_COUNT, NIC_IDS, COUNTERS_COUNT, COUNTERS_LABELS, COUNTERS_VALUES ->
          throw new IllegalArgumentException("not of one board: " + key);
    };
  }

  private static InfoValue number(long value) {
    return new InfoValue.Number(value);
  }

  private static String mac(long nicId) {
    var bytes = new byte[6];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (nicId >>> (8 * (5 - i)));
    }
    return HexFormat.ofDelimiter(":").formatHex(bytes);
  }
}
