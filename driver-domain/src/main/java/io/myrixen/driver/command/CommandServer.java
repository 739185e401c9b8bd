package io.myrixen.driver.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs commands in a JVM that stays, one after another: for the domains of {@code xen-test}, where
 * a JVM takes many seconds to start. Each line of its input is a directory and the words of a
 * command, which writes there what it {@code said}, and its exit {@code code} before that ends.
 */
final class CommandServer {

  private CommandServer() {}

  /** Runs what standard input says, to its end. */
  public static void main(String[] args) throws IOException {
    serve(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
  }

  static void serve(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", -1);
      run(Path.of(words[0]), Arrays.copyOfRange(words, 1, words.length));
    }
  }

  private static void run(Path directory, String... words) throws IOException {
    PrintStream out = System.out;
    PrintStream errors = System.err;
    try (var said =
        new PrintStream(Files.newOutputStream(directory.resolve("said")), true, UTF_8)) {
      System.setOut(said);
      System.setErr(said);
      int code = Main.run(words);
      Files.writeString(directory.resolve("code"), Integer.toString(code));
    } finally {
      System.setOut(out);
      System.setErr(errors);
    }
  }
}
