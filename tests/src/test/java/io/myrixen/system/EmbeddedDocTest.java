package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Holds docs/embedded.md to what it says. */
@Timeout(120)
final class EmbeddedDocTest {

  private static final String DOCUMENT = "docs/embedded.md";
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path directory = Path.of("");

  private Path compile(String name, String source) throws IOException {
    return UserPrograms.compile(directory, name, source, CLASS_PATH);
  }

  @Test
  void shouldPassItsTest() throws Exception {
    Path classes = compile("GreetingTest", UserPrograms.example(DOCUMENT, "class GreetingTest "));
    ClassLoader parent = EmbeddedDocTest.class.getClassLoader();
    try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, parent)) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(loader.loadClass("GreetingTest")))
              .build();
      var listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(request, listener);
      TestExecutionSummary summary = listener.getSummary();
      assertEquals(
          List.of(),
          summary.getFailures().stream()
              .map(failure -> failure.getException().toString())
              .toList());
      assertEquals(2, summary.getTestsSucceededCount());
    }
  }

  @Test
  void shouldRunItsProgramWithoutAnyFlagOfAService() throws Exception {
    Path classes = compile("Boards", UserPrograms.example(DOCUMENT, "class Boards "));
    String classPath = classes + File.pathSeparator + CLASS_PATH;
    try (CommandRun program = CommandRun.startProgram(directory, "-cp", classPath, "Boards")) {
      assertEquals(0, program.awaitExit(), program::err);
      assertEquals(List.of("alice:0", "bob:0", "bob:1"), program.out().lines().sorted().toList());
      assertEquals("", program.err());
    }
  }

  @Test
  void shouldCompileWhatItSaysOfQuotas() throws IOException {
    String snippet = UserPrograms.example(DOCUMENT, "withNetback");
    String source =
        """
        import io.myrixen.embedded.EmbeddedContext;
        import io.myrixen.embedded.MyriXen;
        import io.myrixen.netback.NetbackContext;

        class Quotas {
          void start() {
        """
            + snippet
            + "}}";
    compile("Quotas", source);
  }
}
