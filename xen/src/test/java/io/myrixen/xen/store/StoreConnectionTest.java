package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreConnectionTest {

  private static final int GUEST = 3;

  private final Store store = new Store();
  private final Wire dom0 = new Wire(store, 0);
  private Wire guest = dom0;

  @BeforeEach
  void startGuest() {
    guest = Wire.ofGuest(store, GUEST);
  }

  @Test
  void shouldRefuseADomainThatTheStoreDoesNotKnow() {
    XenException refused = assertThrows(XenException.class, () -> new Wire(store, 77));

    assertEquals(XenException.Reason.NO_DOMAIN, refused.reason());
  }

  @Test
  void shouldHandleRequestsHoweverTheyAreCut() {
    byte[] write = new XsMessage(XsType.WRITE, 1, 0, XsMessage.payloadOf("/a", "")).encode();
    byte[] read = new XsMessage(XsType.READ, 2, 0, XsMessage.payloadOf("/a")).encode();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(write);
    both.writeBytes(read);

    for (byte each : both.toByteArray()) {
      assertTrue(dom0.send(new byte[] {each}));
    }
    List<String> bytewise = dom0.takeTexts();
    dom0.send(both.toByteArray());

    assertEquals(List.of("11 OK|", "2 |"), bytewise);
    assertEquals(bytewise, dom0.takeTexts());
  }

  @Test
  void shouldSendARequestsOwnEventsBeforeItsReply() {
    dom0.ask(XsType.WATCH, "/t\0tok\0");

    dom0.send(XsType.WRITE, 7, 0, "/t/o\0001");

    assertEquals(List.of("15 /t/o|tok|", "11 OK|"), dom0.takeTexts());
  }

  @Test
  void shouldSendATransactionsEventsBeforeTheReplyToItsCommit() {
    dom0.ask(XsType.WATCH, "/t\0tok\0");
    dom0.ask(XsType.TRANSACTION_START, "\0");
    dom0.ask(XsType.WRITE, 1, "/t/a\0001");
    dom0.ask(XsType.WRITE, 1, "/t/b\0001");
    dom0.ask(XsType.WRITE, 1, "/t/a\0002");

    dom0.send(XsType.TRANSACTION_END, 0, 1, "T\0");

    assertEquals(List.of("15 /t/a|tok|", "15 /t/b|tok|", "7 OK|"), dom0.takeTexts());
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 20, 23, 1000, 65535, -1})
  void shouldAnswerTypesItDoesNotKnow(int type) {
    assertTrue(guest.send(type, 5, 0, "x\0"));

    assertEquals(List.of("16 ENOSYS|"), guest.takeTexts());
  }

  @ParameterizedTest
  @ValueSource(strings = {"01100000", "ffffffff", "00000080", "00000001"})
  void shouldEndTheConnectionWhenTheLengthIsImpossible(String length) {
    guest.ask(XsType.WATCH, "data\0t\0");

    assertFalse(guest.sendHex("02000000 00000000 00000000" + length));

    assertTrue(guest.connection().closing());
    assertEquals(1, guest.ends());
    assertEquals(0, store.watchCount(GUEST));
    assertFalse(guest.send(XsType.READ, 0, 0, "data\0"));
    assertEquals("OK\0", dom0.ask(XsType.WRITE, "/a\0001"), "others go on");
  }

  @Test
  void shouldHoldNothingOfHalfAHeader() {
    guest.sendHex("02000000 00000000");

    guest.connection().close();
    guest.connection().close();

    assertEquals(0, guest.ends(), "its owner knows");
    assertEquals(1, store.sessions());
  }

  @Test
  void shouldAbortTransactionsWhenTheClientGoes() {
    guest.ask(XsType.TRANSACTION_START, "\0");
    guest.ask(XsType.WRITE, 1, "data\0001");

    guest.connection().close();

    assertEquals("ENOENT\0", dom0.ask(XsType.READ, "/local/domain/3/data\0"));
    assertEquals(0, store.openTransactions(GUEST));
  }

  @Test
  void shouldQueueAnEventOnceWhileTheClientDoesNotRead() {
    guest.ask(XsType.WATCH, "data\0t\0");
    guest.room(0);
    for (int i = 0; i < 50; i++) {
      dom0.ask(XsType.WRITE, "/local/domain/3/data\0001");
    }

    guest.room(Integer.MAX_VALUE);
    guest.connection().flush();

    // The first was already on its way when the second came.
    assertEquals(List.of("15 data|t|", "15 data|t|"), guest.takeTexts());
  }

  @Test
  void shouldTakeUpWhereTheClientStoppedReading() {
    guest.room(5);
    guest.send(XsType.WRITE, 1, 0, "data\0001");
    guest.send(XsType.READ, 2, 0, "data\0");
    guest.room(14);
    guest.connection().flush();
    guest.room(Integer.MAX_VALUE);
    guest.connection().flush();

    assertEquals(List.of("11 OK|", "2 1"), guest.takeTexts());
  }

  @Test
  void shouldHandleNoRequestWhileRepliesPileUp() {
    dom0.ask(XsType.WRITE, "/v\0" + "x".repeat(4000));
    dom0.room(0);
    byte[] read = new XsMessage(XsType.READ, 0, 0, XsMessage.payloadOf("/v")).encode();
    long before = store.operations();
    for (int i = 0; i < 100; i++) {
      assertTrue(dom0.send(read));
    }

    assertTrue(dom0.connection().readPaused());
    assertTrue(store.operations() - before < 20, "handled " + (store.operations() - before));
    dom0.room(Integer.MAX_VALUE);
    dom0.connection().flush();
    assertEquals(100, dom0.take().size());
    assertFalse(dom0.connection().readPaused());
  }

  @Test
  void shouldEndAClientThatSendsAndNeverReads() {
    dom0.ask(XsType.WRITE, "/v\0" + "x".repeat(4000));
    dom0.room(0);
    byte[] read = new XsMessage(XsType.READ, 0, 0, XsMessage.payloadOf("/v")).encode();

    int sent = 0;
    while (sent < 1_000_000 && dom0.send(read)) {
      sent += read.length;
    }

    assertTrue(sent < 2 * StoreConnection.MAX_HELD_BYTES, "held " + sent);
    assertEquals(1, dom0.ends());
  }

  @Test
  void shouldEndAClientThatFallsTooFarBehindItsEvents() {
    guest.ask(XsType.WATCH, "data\0" + "t".repeat(1000) + "\0");
    guest.room(0);

    int written = 0;
    while (!guest.connection().closing() && written < 10_000) {
      dom0.ask(XsType.WRITE, "/local/domain/3/data/n" + written++ + "\0");
    }

    assertTrue(written < 1_100, "written " + written);
    assertEquals(1, guest.ends());
    assertEquals(0, store.watchCount(GUEST));
  }

  @Test
  void shouldEndTheConnectionsOfADomainThatEnds() {
    store.release(GUEST);

    assertEquals(1, guest.ends());
    assertFalse(guest.send(XsType.READ, 0, 0, "data\0"));
  }

  @RepeatedTest(20)
  void shouldSurviveGarbage(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    String alphabet = "/ab@\0\0nT019.";
    for (int step = 0; step < 2_000; step++) {
      StringBuilder payload = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        payload.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Wire wire = random.nextBoolean() ? guest : dom0;
      int type = random.nextInt(25);
      assertTrue(wire.send(type, step, random.nextInt(3), payload.toString()), "step " + step);
      int replies = 0;
      for (XsMessage message : wire.take()) {
        if (message.type() != XsType.WATCH_EVENT) {
          assertEquals(step, message.requestId());
          assertTrue(message.type() == type || message.type() == XsType.ERROR);
          replies++;
        }
      }
      assertEquals(1, replies, "step " + step);
    }
    byte[] noise = new byte[10_000];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) random.nextInt();
    }
    assertFalse(guest.send(noise));
    assertEquals("T\0", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "3\0"));
  }
}
