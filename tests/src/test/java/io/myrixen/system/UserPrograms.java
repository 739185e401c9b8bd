package io.myrixen.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.myrixen.mx.Mx;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.agrona.concurrent.Agent;

/** Programs as users write them, compiled against the public API alone. */
final class UserPrograms {

  private static final String WAITING =
      """
      import io.myrixen.mx.Mx;

      public final class Waiting {
        public static void main(String[] args) throws InterruptedException {
          try (Mx mx = Mx.init();
              var endpoint = mx.openEndpoint(0, 5, 0)) {
            System.out.println("waiting at endpoint " + endpoint.id());
            Thread.sleep(120_000);
          }
        }
      }
      """;

  private UserPrograms() {}

  /** Arguments for java: a program that opens endpoint 5, says "waiting", and waits. */
  static List<String> waiting(Path directory) throws IOException {
    return List.of("-cp", compile(directory, "Waiting", WAITING).toString(), "Waiting");
  }

  /** Returns the first Java example of a document that holds {@code text}. */
  static String example(String document, String text) throws IOException {
    String all = Files.readString(repository().resolve(document));
    return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
        .matcher(all)
        .results()
        .map(block -> block.group(1))
        .filter(block -> block.contains(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no \"" + text + "\" in " + document));
  }

  /** Compiles a class of a VM's program: against what a VM links, and nothing else. */
  static Path compile(Path directory, String name, String source) throws IOException {
    String classPath = String.join(File.pathSeparator, home(Mx.class), home(Agent.class));
    return compile(directory, name, source, classPath);
  }

  /** Compiles a class, as {@code javac -Xlint:all -Werror} does; returns the folder of classes. */
  static Path compile(Path directory, String name, String source, String classPath)
      throws IOException {
    Path sources = Files.createDirectories(directory.resolve("sources"));
    Path classes = Files.createDirectories(directory.resolve("classes"));
    Path file = Files.writeString(sources.resolve(name + ".java"), source);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    var said = new StringWriter();
    boolean good =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of(
                    "-Xlint:all,-classfile,-processing",
                    "-Werror",
                    "-parameters",
                    "-proc:none",
                    "-cp",
                    classPath,
                    "-d",
                    classes.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(file))
            .call();
    assertEquals("", good ? "" : said.toString());
    return classes;
  }

  private static String home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The repository's root, from wherever the tests run. */
  static Path repository() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("myrixen")))
        .findFirst()
        .orElseThrow();
  }
}
