package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages as xenstored 4.17 and its clients put them on the wire. */
class GoldenBytesTest {

  private static final String OK = " 03000000 4f4b00";

  private final Store store = new Store();
  private final Wire wire = new Wire(store, 0);

  @BeforeEach
  void writeNodes() {
    store.introduce(3);
    wire.send(XsType.WRITE, 0, 0, "/local/domain/0/domid\0003");
    wire.take();
  }

  private void assertExchange(String request, String reply) {
    wire.sendHex(request);
    assertEquals(reply.replace(" ", ""), wire.takeHex());
  }

  @Test
  void shouldReadARelativePath() {
    assertExchange(
        "02000000 00000000 00000000 06000000 646f6d696400",
        "02000000 00000000 00000000 01000000 33");
  }

  @Test
  void shouldWriteAValueWithoutATerminator() {
    assertExchange(
        "0b000000 07000000 00000000 19000000"
            + " 2f6c6f63616c2f646f6d61696e2f332f646174612f7800 6869",
        "0b000000 07000000 00000000" + OK);
  }

  @Test
  void shouldNameTheError() {
    assertExchange(
        "02000000 09000000 00000000 03000000 2f7a00",
        "10000000 09000000 00000000 07000000 454e4f454e5400");
  }

  @Test
  void shouldStartATransactionAndRefuseToCommitAConflict() {
    assertExchange(
        "06000000 01000000 00000000 01000000 00", "06000000 01000000 00000000 02000000 3100");
    wire.send(XsType.READ, 0, 1, "domid\0");
    wire.send(XsType.WRITE, 0, 0, "domid\0004");
    wire.take();
    assertExchange(
        "07000000 02000000 01000000 02000000 5400",
        "10000000 02000000 01000000 07000000 45414741494e00");
  }

  @Test
  void shouldAnswerAWatchBeforeItsFirstEvent() {
    assertExchange(
        "04000000 05000000 00000000 09000000 2f666f6f00 746f6b00",
        "04000000 05000000 00000000"
            + OK
            + "0f000000 00000000 00000000 09000000 2f666f6f00 746f6b00");
  }

  @Test
  void shouldSetPermissions() {
    wire.send(XsType.MKDIR, 0, 0, "/foo\0");
    wire.take();
    assertExchange(
        "0e000000 03000000 00000000 0b000000 2f666f6f00 6e3000 723300",
        "0e000000 03000000 00000000" + OK);
  }

  @Test
  void shouldListChildrenInOrderOfCreation() {
    assertExchange(
        "01000000 08000000 00000000 02000000 2f00",
        "01000000 08000000 00000000 0b000000 746f6f6c00 6c6f63616c00");
  }

  @Test
  void shouldEndAListInPartsWithAnEmptyName() {
    wire.send(XsType.MKDIR, 0, 0, "/big/a\0");
    wire.send(XsType.MKDIR, 0, 0, "/big/b\0");
    wire.take();
    wire.send(XsType.DIRECTORY_PART, 4, 0, "/big\0000\0");
    String reply = wire.take().getFirst().text();
    assertEquals("a|b||", reply.substring(reply.indexOf('\0') + 1).replace('\0', '|'));
  }
}
