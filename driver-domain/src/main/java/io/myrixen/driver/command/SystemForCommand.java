package io.myrixen.driver.command;

import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.process.LocalSystem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The run directory of a command that brings its own services where none run. */
final class SystemForCommand {

  private SystemForCommand() {}

  /** Services in the directory that was given, or in a private one that goes with the command. */
  static Path start(RunDirectoryOption option, Lifetime lifetime) throws InterruptedException {
    Path given = option.given();
    Path directory = given != null ? given : privateDirectory(lifetime);
    LocalSystem.ensure(directory, lifetime);
    return directory;
  }

  /** A directory that goes with the command. */
  static Path privateDirectory(Lifetime lifetime) {
    try {
      Path directory = Files.createTempDirectory("myrixen-");
      lifetime.keep(() -> remove(directory));
      return directory;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.MISSING, "cannot make a temporary directory: " + e.getMessage(), e);
    }
  }

  /** Removes what a killed service may have left. Nothing lies deeper than the token files. */
  private static void remove(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
        for (Path entry : entries) {
          remove(entry);
        }
      }
    }
    Files.deleteIfExists(directory);
  }
}
