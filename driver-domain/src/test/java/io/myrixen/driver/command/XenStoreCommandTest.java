package io.myrixen.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.hypervisor.HypervisorService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class XenStoreCommandTest {

  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  @TempDir private Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private HypervisorService service;

  @BeforeEach
  void start() {
    service = HypervisorService.start(directory.resolve("run"));
    System.setOut(new PrintStream(out, true, StandardCharsets.ISO_8859_1));
    System.setErr(new PrintStream(err, true, StandardCharsets.ISO_8859_1));
  }

  @AfterEach
  void stop() {
    System.setOut(OUT);
    System.setErr(ERR);
    service.close();
  }

  private int run(String name, String... arguments) {
    out.reset();
    err.reset();
    var words = new ArrayList<>(List.of("xenstore", name));
    words.addAll(List.of("--run-dir", service.runDirectory().toString()));
    words.addAll(List.of(arguments));
    return Main.run(words.toArray(String[]::new));
  }

  private void expect(String output, String name, String... arguments) {
    int exitCode = run(name, arguments);
    assertEquals("", err.toString(StandardCharsets.ISO_8859_1));
    assertEquals(0, exitCode);
    assertEquals(output, out.toString(StandardCharsets.ISO_8859_1));
  }

  private void refused(int exitCode, String message, String name, String... arguments) {
    assertEquals(exitCode, run(name, arguments));
    assertEquals("", out.toString(StandardCharsets.ISO_8859_1));
    String line = err.toString(StandardCharsets.ISO_8859_1);
    assertTrue(line.startsWith("myrixen xenstore " + name + ": " + message), line);
    assertEquals(1, line.lines().count(), line);
  }

  @Test
  void shouldReadWhatItWrote() {
    expect("", "write", "/t/a", "x\\ty", "/t/b/c", "\u00fc");

    expect("x\\ty\n\\xc3\\xbc\n", "read", "/t/a", "/t/b/c");
    expect("/t/a: x\\ty\n", "read", "-p", "/t/a");
    expect("\u00c3\u00bc", "read", "--raw", "/t/b/c");
    expect("\n{\"values\":{\"/t/b\":\"\"}}\n", "read", "--json", "/t/b");
    expect("", "write", "-R", "/t/a", "x\\ty");
    expect("x\\\\ty\n", "read", "/t/a");
  }

  @Test
  void shouldListAndShowTrees() {
    expect("", "write", "/t/a", "1", "/t/b/c", "");

    expect("a\nb\n", "list", "/t");
    expect("/t/a\n/t/b\n/t/b/c\n", "list", "-p", "/t", "/t/b");
    expect("a\nb\n{\"children\":{\"/t\":[\"a\",\"b\"]}}\n", "list", "--json", "/t");
    expect("a = \"1\"\nb = \"\"\n c = \"\"\n", "ls", "/t");
    expect("/t/b/c = \"\"   (n0)\n", "ls", "-f", "-p", "/t/b");
    expect(
        "c = \"\"\n{\"nodes\":[{\"path\":\"/t/b/c\",\"value\":\"\",\"permissions\":[\"n0\"]}]}\n",
        "ls",
        "--json",
        "/t/b");
    assertEquals(0, run("ls"));
    assertTrue(out.toString(StandardCharsets.ISO_8859_1).startsWith("tool = \"\"\n xenstored"));
  }

  @Test
  void shouldSetPermissionsBelowAndAbove() {
    expect("", "write", "/t/a/b/c", "");

    expect("", "chmod", "-r", "/t/a/b", "r0", "b7");
    expect("", "chmod", "-u", "/t/a/b", "w0");

    expect(
        "/t/a = \"\"   (w0)\n/t/a/b = \"\"   (w0)\n/t/a/b/c = \"\"   (r0,b7)\n",
        "ls",
        "-f",
        "-p",
        "/t");
  }

  @Test
  void shouldRemoveAndTidyUp() {
    expect("", "write", "/t/a/b/c", "", "/t/x", "1");

    expect("", "rm", "-t", "/t/a/b/c");
    expect("x\n", "list", "/t");
    expect("", "rm", "/t/x", "/t");
    assertEquals(1, run("exists", "/tool", "/t"));
    expect("", "exists", "/tool");
  }

  @Test
  void shouldChangeNothingWhenOnePartIsRefused() {
    refused(2, "EINVAL: write /b.c", "write", "/a", "1", "/b.c", "2");

    assertEquals(1, run("exists", "/a"));
  }

  @Test
  void shouldSayWhatIsWrong() {
    refused(1, "ENOENT: read /none", "read", "/tool", "/none");
    refused(1, "ENOENT: list /none", "ls", "/none");
    refused(1, "ENOENT: set permissions [n99] of /tool", "chmod", "/tool", "n99");
    refused(2, "EINVAL: remove /", "rm", "/");
    refused(2, "a value is missing for /c", "write", "/a", "b", "/c");
    refused(2, "a backslash is followed by", "write", "/a", "\\q");
    refused(2, "a permission is one of n, r, w, b", "chmod", "/tool", "x3");
    refused(2, "a permission is one of n, r, w, b", "chmod", "/tool", "n");
    refused(2, "-n must be at least 1: 0", "watch", "-n", "0", "/tool");
    refused(2, "Missing required parameter", "read");
    assertEquals(2, Main.run("xenstore"));
    service.close();
    refused(3, "no hypervisor at", "read", "/tool");
  }
}
