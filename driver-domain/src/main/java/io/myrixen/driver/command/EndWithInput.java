package io.myrixen.driver.command;

import io.myrixen.driver.process.Lifetime;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Ends a service when its standard input ends: so does one whose starter was killed. */
final class EndWithInput {

  @Option(names = "--end-with-input", description = "End when the standard input ends.")
  private boolean wanted;

  /** Begins to look, if wanted. */
  void watch(Lifetime lifetime) {
    if (wanted) {
      Thread.ofPlatform().name("input").daemon(true).start(() -> readToEnd(lifetime));
    }
  }

  private static void readToEnd(Lifetime lifetime) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to a service this way.
      }
    } catch (IOException _) {
      // An input that cannot be read has ended too.
    }
    lifetime.end();
  }
}
