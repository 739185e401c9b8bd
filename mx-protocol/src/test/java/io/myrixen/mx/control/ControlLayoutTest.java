package io.myrixen.mx.control;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemoryLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The layouts said a second time, in another notation. */
class ControlLayoutTest {

  private static final MemoryLayout REQUEST =
      structLayout(
          JAVA_SHORT.withName("kind"),
          JAVA_SHORT.withName("reserved"),
          JAVA_INT.withName("requestId"),
          JAVA_INT.withName("subject"),
          JAVA_INT.withName("session"),
          sequenceLayout(6, JAVA_BYTE).withName("argument"),
          JAVA_SHORT,
          JAVA_INT.withName("runCount"),
          sequenceLayout(4, JAVA_INT).withName("indirect"),
          JAVA_INT.withName("channel"),
          sequenceLayout(40, JAVA_BYTE),
          JAVA_INT.withName("protocolVersion"),
          JAVA_INT.withName("windowVersion"),
          sequenceLayout(32, JAVA_BYTE));

  private static final MemoryLayout RESPONSE =
      structLayout(
          JAVA_SHORT.withName("kind"),
          JAVA_SHORT.withName("code"),
          JAVA_INT.withName("requestId"),
          JAVA_INT.withName("detail"),
          JAVA_INT.withName("reserved"),
          JAVA_LONG.withName("value"),
          JAVA_LONG.withName("subject"),
          sequenceLayout(6, JAVA_BYTE).withName("geometry"),
          JAVA_SHORT.withName("maxEndpoints"),
          JAVA_LONG.withName("reserved2"),
          sequenceLayout(80, JAVA_BYTE).withName("hostname"));

  @Test
  void shouldLayRequestsOut() {
    assertEquals(REQUEST.byteSize(), ControlRing.ENTRY_BYTES);
    assertOffset(REQUEST, "kind", RequestSlot.KIND_OFFSET);
    assertOffset(REQUEST, "reserved", RequestSlot.RESERVED_OFFSET);
    assertOffset(REQUEST, "requestId", RequestSlot.REQUEST_ID_OFFSET);
    assertOffset(REQUEST, "subject", RequestSlot.SUBJECT_OFFSET);
    assertOffset(REQUEST, "session", RequestSlot.SESSION_OFFSET);
    assertOffset(REQUEST, "argument", RequestSlot.ARGUMENT_OFFSET);
    assertOffset(REQUEST, "runCount", RequestSlot.RUN_COUNT_OFFSET);
    assertOffset(REQUEST, "indirect", RequestSlot.INDIRECT_OFFSET);
    assertOffset(REQUEST, "channel", RequestSlot.CHANNEL_OFFSET);
    assertOffset(REQUEST, "protocolVersion", RequestSlot.PROTOCOL_VERSION_OFFSET);
    assertOffset(REQUEST, "windowVersion", RequestSlot.WINDOW_VERSION_OFFSET);
  }

  @Test
  void shouldLayResponsesOut() {
    assertEquals(RESPONSE.byteSize(), ControlRing.ENTRY_BYTES);
    assertOffset(RESPONSE, "kind", ResponseSlot.KIND_OFFSET);
    assertOffset(RESPONSE, "code", ResponseSlot.CODE_OFFSET);
    assertOffset(RESPONSE, "requestId", ResponseSlot.REQUEST_ID_OFFSET);
    assertOffset(RESPONSE, "detail", ResponseSlot.DETAIL_OFFSET);
    assertOffset(RESPONSE, "reserved", ResponseSlot.RESERVED_OFFSET);
    assertOffset(RESPONSE, "value", ResponseSlot.VALUE_OFFSET);
    assertOffset(RESPONSE, "subject", ResponseSlot.SUBJECT_OFFSET);
    assertOffset(RESPONSE, "geometry", ResponseSlot.GEOMETRY_OFFSET);
    assertOffset(RESPONSE, "maxEndpoints", ResponseSlot.MAX_ENDPOINTS_OFFSET);
    assertOffset(RESPONSE, "reserved2", ResponseSlot.RESERVED2_OFFSET);
    assertOffset(RESPONSE, "hostname", ResponseSlot.HOSTNAME_OFFSET);
  }

  @Test
  void shouldNeverRenumberKindsAndDetails() {
    assertEquals(
        "BOARD_INFO 1, PEER_BY_NAME 2, PEER_BY_NIC 3, PEERS 4, OPEN_ENDPOINTS 5, OPEN_ENDPOINT 6,"
            + " CLOSE_ENDPOINT 7, REGISTER_REGION 8, DEREGISTER_REGION 9, OPEN_BOARD 10",
        String.join(
            ", ",
            Arrays.stream(RequestKind.values()).map(kind -> kind + " " + kind.code()).toList()));
    assertEquals(
        "0 1 2 3 4 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38",
        String.join(
            " ", Arrays.stream(Detail.values()).map(d -> Integer.toString(d.code())).toList()));
    for (RequestKind kind : RequestKind.values()) {
      assertEquals(kind, RequestKind.of(kind.code()));
    }
  }

  private static void assertOffset(MemoryLayout layout, String field, int offset) {
    assertEquals(layout.byteOffset(groupElement(field)), offset, field);
  }
}
