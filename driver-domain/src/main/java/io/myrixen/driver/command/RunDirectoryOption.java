package io.myrixen.driver.command;

import io.myrixen.xen.devices.XenDomain;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --run-dir}: several systems can run side by side, each in a directory of its own. */
final class RunDirectoryOption {

  @Option(
      names = "--run-dir",
      paramLabel = "DIR",
      description = {
        "Directory of the running system's sockets.",
        "Default: $XDG_RUNTIME_DIR/myrixen, else /tmp/myrixen-<user>; but in a domain of Xen,",
        "where without this option the system is Xen's."
      })
  private @Nullable Path path;

  /**
   * Whether the command is to work in the domain of real Xen that it runs in: if there is one, and
   * no directory was given.
   */
  boolean onXen() {
    return path == null && XenDomain.present();
  }

  /** The directory, whether it is there or not. */
  Path path() {
    return (path != null ? path : standard()).toAbsolutePath().normalize();
  }

  /** The directory as given, or null where the command may choose one of its own. */
  @Nullable Path given() {
    return path == null ? null : path();
  }

  private static Path standard() {
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && !runtime.isEmpty() && Files.isWritable(Path.of(runtime))) {
      return Path.of(runtime, "myrixen");
    }
    return Path.of("/tmp", "myrixen-" + System.getProperty("user.name"));
  }
}
