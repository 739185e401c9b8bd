package io.myrixen.mx.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of requests that did not end with success, and what comes of it. */
class ErrorHandlerTest extends TwoEndpoints {

  private final List<String> told = new ArrayList<>();
  private final ErrorHandler before = Mx.errorHandler();

  @AfterEach
  void restore() {
    Mx.errorHandler(before);
  }

  private StatusCode forgive(Endpoint endpoint, StatusCode code, String message) {
    told.add(endpoint.id() + " " + code + " " + message);
    return StatusCode.SUCCESS;
  }

  private Request truncated(LibraryEndpoint at, EndpointAddress to) {
    Request receive = receive(at, room(3), 1);
    alice.isend(message(8), to, 1, null);
    world.settle();
    return receive;
  }

  @Test
  void shouldReturnUnlessToldOtherwise() {
    assertSame(ErrorHandler.RETURN, before);
    ends(bob, truncated(bob, toBob), StatusCode.TRUNCATED, 8, 3);
  }

  @Test
  void shouldAskTheProcessHandlerAndTakeItsWord() {
    assertSame(before, Mx.errorHandler(this::forgive));
    ends(bob, truncated(bob, toBob), StatusCode.SUCCESS, 8, 3);

    assertEquals(1, told.size());
    assertTrue(told.get(0).startsWith("3 TRUNCATED endpoint 3 of vm1:0"), told::toString);
  }

  @Test
  void shouldAskTheEndpointsOwnHandlerFirst() {
    Mx.errorHandler((_, _, _) -> StatusCode.REJECTED);
    LibraryEndpoint carol =
        world.open(2, 0, World.options().withErrorHandler((_, _, _) -> StatusCode.NO_RESOURCES));
    EndpointAddress toCarol = alice.connect(World.FIRST_NIC + 2, 0, World.KEY, LONG);

    ends(carol, truncated(carol, toCarol), StatusCode.NO_RESOURCES, 8, 3);
    ends(bob, truncated(bob, toBob), StatusCode.REJECTED, 8, 3);
  }

  @Test
  void shouldBeAskedByEveryCallThatTakesAnOutcome() {
    Mx.errorHandler(this::forgive);
    assertTrue(bob.test(truncated(bob, toBob), status));
    var _ = truncated(bob, toBob);
    assertTrue(bob.testAny(0, 0, status));
    var _ = truncated(bob, toBob);
    assertTrue(bob.awaitAny(0, 0, LONG, status));
    assertEquals(3, told.size());
    assertTrue(status.ok());
  }

  @Test
  void shouldNotBeAskedAboutSuccessCancellingOrForgetting() {
    Mx.errorHandler(this::forgive);
    ends(alice, send(alice, message(1), toBob, 1), StatusCode.SUCCESS);
    ends(bob, receive(bob, room(1), 1), StatusCode.SUCCESS);
    Request cancelled = receive(bob, room(1), 1);
    assertTrue(bob.cancelNotest(cancelled));
    ends(bob, cancelled, StatusCode.CANCELLED);
    Request forgotten = receive(bob, room(3), 1);
    bob.forget(forgotten);
    alice.isend(message(8), toBob, 1, null);
    world.settle();
    assertEquals(List.of(), told);
  }

  @Test
  void shouldBeAskedOutsideTheEndpoint() {
    Mx.errorHandler((endpoint, code, _) -> {
      endpoint.close(Duration.ZERO);
      return code;
    });
    ends(bob, truncated(bob, toBob), StatusCode.TRUNCATED);
    assertEquals(List.of(alice), world.endpoints);
  }

  /** Goal: the process ends with MX's exit code. Method: another process, since this one would. */
  @Test
  void shouldEndTheProcessWhenFatal() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classPath, FatalError.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertEquals(255, process.waitFor(), output);
    assertTrue(output.contains("a request ended"), output);
  }

  /** Truncates a receive where errors are fatal. */
  static final class FatalError {

    private FatalError() {}

    public static void main(String[] arguments) {
      var world = new World();
      LibraryEndpoint endpoint =
          world.open(0, 0, World.options().withErrorHandler(ErrorHandler.FATAL));
      Request receive = endpoint.newRequest();
      endpoint.irecv(room(3), 1, -1L, receive);
      endpoint.isend(message(8), endpoint.address(), 1, null);
      var _ = endpoint.test(receive, new Status());
    }
  }
}
