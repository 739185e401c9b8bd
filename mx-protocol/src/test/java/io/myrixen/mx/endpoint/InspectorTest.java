package io.myrixen.mx.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Request;
import io.myrixen.mx.board.BackgroundWork;
import io.myrixen.mx.board.EndpointInspection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What an endpoint tells of itself, and when. */
final class InspectorTest extends TwoEndpoints {

  private EndpointInspection inspection(LibraryEndpoint endpoint) {
    return world.inspection(endpoint);
  }

  /** Asks while the application is away. */
  private String ask(LibraryEndpoint endpoint) {
    inspection(endpoint).ask();
    return Objects.requireNonNull(inspection(endpoint).poll());
  }

  private static String line(String text, String begin) {
    return text.lines().filter(line -> line.startsWith(begin)).findFirst().orElse("none: " + text);
  }

  private static long count(String text, String word) {
    return text.lines().filter(line -> line.startsWith(word + " ")).count();
  }

  @Test
  void shouldTellOfReceivesMessagesAndPartnersWhileTheApplicationIsAway() {
    receive(bob, room(100), 0x2A);
    send(alice, message(5_000), toBob, 0x99);
    world.settle();

    String text = ask(bob);
    assertEquals("thread state=away waits-for=nothing", line(text, "thread"));
    assertEquals("receive info=2a mask=ffffffffffffffff bytes=100", line(text, "receive"));
    assertEquals(
        "message class=medium info=99 bytes=5000 whole=true from=20000000001/0",
        line(text, "message"));
    String partner = line(text, "partner address=20000000001/0");
    assertTrue(partner.contains(" next-match=16382 "), partner);
    assertTrue(text.contains("waits for=message-for-a-posted-receive count=1"), text);

    assertEquals("posted receives=0", line(ask(alice), "posted"));
  }

  @Test
  void shouldTellWhatASenderWaitsFor() {
    world.frozen.add(bob);
    send(alice, message(8), toBob, 1);
    world.settle();

    String text = ask(alice);
    assertTrue(line(text, "partner address=20000000002/3").contains(" unacked=1 "), text);
    assertTrue(text.contains("waits for=partner-to-acknowledge count=1"), text);
  }

  @Test
  void shouldHaveTheThreadAnswerThatWaitsInside() {
    Request receive = receive(bob, room(8), 0x77);
    inspection(bob).ask();
    assertFalse(bob.await(receive, Duration.ofMillis(5), status));

    String text = Objects.requireNonNull(inspection(bob).poll());
    assertEquals(
        "thread state=waiting waits-for=request request=receive info=77 partner=-",
        line(text, "thread"));
  }

  @Test
  void shouldTellBeforeItWorksInTheBackground() {
    LibraryEndpoint carol = world.open(2, 1, World.options().withBackgroundProgress(true));
    BackgroundWork background = Objects.requireNonNull(world.background);
    inspection(carol).ask();
    world.advance(SECOND_NS);
    background.doWork(world.now());
    world.advance(SECOND_NS);
    background.doWork(world.now());

    String text = Objects.requireNonNull(inspection(carol).poll());
    assertEquals("thread state=away waits-for=nothing", line(text, "thread"));
  }

  @Test
  void shouldAnswerOncePerQuestion() {
    assertNull(inspection(bob).poll());
    assertNotNull(ask(bob));
    assertNull(inspection(bob).poll());

    inspection(bob).ask();
    inspection(bob).ask();
    assertNotNull(inspection(bob).poll());
    assertNull(inspection(bob).poll());
  }

  @Test
  void shouldCutListsAndTellTheirLength() {
    for (int i = 0; i < 40; i++) {
      receive(bob, room(1 << 20), Long.MIN_VALUE + i);
      send(alice, message(200), toBob, -1L - i);
      world.settle();
    }
    for (int id = 1; id < World.MAX_ENDPOINTS; id++) {
      for (int board : List.of(2, 3)) {
        world.open(board, id);
        bob.connect(World.FIRST_NIC + board, id, World.KEY, LONG);
      }
    }
    for (int id = 1; id < World.MAX_ENDPOINTS; id++) {
      world.open(0, id);
      bob.connect(World.FIRST_NIC, id, World.KEY, LONG);
    }

    String text = ask(bob);
    assertEquals("posted receives=40", line(text, "posted"));
    assertTrue(line(text, "unexpected").startsWith("unexpected messages=40 "), text);
    assertTrue(line(text, "partners").startsWith("partners count=23 "), text);
    for (String word : List.of("receive", "message", "partner")) {
      assertEquals(Description.MOST_ENTRIES, count(text, word), word);
    }
    assertTrue(text.length() < EndpointInspection.MAX_CHARS / 2, () -> "length " + text.length());
    assertTrue(text.matches("[A-Za-z0-9_./: =\\n-]+"), text);
  }

  @Test
  void shouldTellThatTheDeviceHasGone() {
    world.detach(bob);
    String text = ask(bob);
    assertTrue(line(text, "endpoint").endsWith(" gone=true"), text);
    assertEquals("waits for=nothing-the-device-has-gone count=0", line(text, "waits"));
  }
}
