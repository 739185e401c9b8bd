package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.same;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.ErrorHandler;
import io.myrixen.mx.Request;
import io.myrixen.mx.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** Who is told of requests that fail. */
final class ErrorCases {

  private static final String SECTION = "MX API 1.8.1";

  private ErrorCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "error-handler-is-told-of-failed-requests",
            SECTION,
            "An endpoint's error handler is told of a request that did not succeed, once, with "
                + "its status code.",
            Paths.EACH,
            ErrorCases::isTold),
        ConformanceCase.of(
            "error-handler-decides-the-status",
            SECTION,
            "What an error handler returns is what the status says.",
            Paths.EACH,
            ErrorCases::decides),
        ConformanceCase.of(
            "error-handler-is-not-told-of-success",
            SECTION,
            "An error handler is told neither of success nor of what was cancelled.",
            Paths.EACH,
            ErrorCases::notOfSuccess),
        ConformanceCase.of(
            "error-handler-of-the-process-serves-others",
            SECTION,
            "An endpoint without a handler of its own uses the process' handler of that time.",
            Paths.EACH,
            ErrorCases::ofProcess),
        ConformanceCase.of(
            "setting-the-error-handler-gives-the-one-before",
            "MX defects 3.11",
            "Setting the process' error handler returns the one that was set before.",
            Paths.ONCE,
            ErrorCases::givesBefore));
  }

  private static StatusCode truncated(Scene scene) {
    Request receive = Scene.receive(scene.b(), scene.memory(4), 1);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    return scene.ends(scene.b(), receive, "a truncated receive").code();
  }

  private static void isTold(Scene scene) {
    List<StatusCode> told = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    scene.openBoth(
        Scene.options()
            .withErrorHandler((_, code, message) -> {
              told.add(code);
              messages.add(message);
              return code;
            }));
    equal(StatusCode.TRUNCATED, truncated(scene), "status");
    equal(List.of(StatusCode.TRUNCATED), told, "what the error handler was told");
    that(!messages.getFirst().isBlank(), "the error handler's message is empty");
  }

  private static void decides(Scene scene) {
    scene.openBoth(Scene.options().withErrorHandler((_, _, _) -> StatusCode.REJECTED));
    equal(StatusCode.REJECTED, truncated(scene), "status that the error handler decided on");
  }

  private static void notOfSuccess(Scene scene) {
    List<StatusCode> told = new ArrayList<>();
    scene.openBoth(
        Scene.options()
            .withErrorHandler((_, code, _) -> {
              told.add(code);
              return code;
            }));
    scene.fence();
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    that(scene.b().cancelNotest(receive), "a receive that nothing matched is not cancelled");
    scene.ends(scene.b(), receive, StatusCode.CANCELLED, "a cancelled receive");
    equal(List.of(), told, "what the error handler was told");
  }

  private static void ofProcess(Scene scene) {
    List<StatusCode> told = new ArrayList<>();
    scene.toB();
    ErrorHandler before =
        scene
            .near()
            .errorHandler((_, code, _) -> {
              told.add(code);
              return code;
            });
    try {
      equal(StatusCode.TRUNCATED, truncated(scene), "status");
      equal(List.of(StatusCode.TRUNCATED), told, "what the process' error handler was told");
    } finally {
      var _ = scene.near().errorHandler(before);
    }
    equal(StatusCode.TRUNCATED, truncated(scene), "status");
    equal(1, told.size(), "times that a handler was told, which was taken away after the first");
  }

  private static void givesBefore(Scene scene) {
    ErrorHandler first = (_, code, _) -> code;
    ErrorHandler second = (_, _, _) -> StatusCode.REJECTED;
    ErrorHandler before = scene.near().errorHandler(first);
    ErrorHandler given = scene.near().errorHandler(second);
    var _ = scene.near().errorHandler(before);
    same(first, given, "the error handler before");
  }
}
