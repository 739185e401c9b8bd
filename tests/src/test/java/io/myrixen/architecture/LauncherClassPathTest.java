package io.myrixen.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The launcher takes everything in one folder as its class path. */
final class LauncherClassPathTest {

  private static final Path LIBRARY = Path.of("..", "driver-domain", "target", "lib");

  @Test
  void shouldHoldNothingThatOnlyTestsNeed() throws IOException {
    assumeTrue(Files.isDirectory(LIBRARY), "driver-domain has been compiled but not packaged");
    try (Stream<Path> files = Files.list(LIBRARY)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertTrue(names.stream().anyMatch(name -> name.startsWith("agrona-")), names::toString);
      assertEquals(List.of(), names.stream().filter(name -> name.contains("junit")).toList());
      assertEquals(List.of(), names.stream().filter(name -> name.contains("opentest")).toList());
    }
  }
}
