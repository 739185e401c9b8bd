package io.myrixen.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandServerTest {

  @TempDir private Path directory;

  @Test
  void shouldLeaveWhatEachCommandSaidAndItsCode() throws IOException {
    PrintStream out = System.out;
    Path good = Files.createDirectory(directory.resolve("good"));
    Path bad = Files.createDirectory(directory.resolve("bad"));

    CommandServer.serve(
        new BufferedReader(new StringReader(good + " --version\n" + bad + " nonsense --at all\n")));

    assertEquals("0", Files.readString(good.resolve("code")));
    assertTrue(Files.readString(good.resolve("said")).startsWith("myrixen "));
    assertEquals("2", Files.readString(bad.resolve("code")));
    assertTrue(Files.readString(bad.resolve("said")).contains("nonsense"));
    assertSame(out, System.out);
  }
}
