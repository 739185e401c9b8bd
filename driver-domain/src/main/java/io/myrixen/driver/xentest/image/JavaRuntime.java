package io.myrixen.driver.xentest.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.driver.xentest.tool.Cache;
import io.myrixen.driver.xentest.tool.MissingHereException;
import io.myrixen.driver.xentest.tool.Tool;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Java runtime with no more than our programs need, made of the JDK that runs this; and the
 * programs, with an archive of their classes as the runtime has them when it has started, since to
 * load them anew takes an emulated machine many seconds.
 */
public final class JavaRuntime {

  /** Flags of every JVM in the test's domains: an archive serves those who were started alike. */
  static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:CompileThresholdScaling=10", // Most commands end before compiling pays.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0", // To move it is to touch each of its pages.
          "-XX:-UsePerfData", // It would wake each JVM twenty times a second.
          "-Xmx160m",
          "-Dmyrixen.netfront.attach-timeout=120000",
          "--enable-native-access=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

  /** The modules that our jars name, and what the JDK wants for them. */
  private static final String MODULES =
      "java.base,java.compiler,java.logging,java.management,java.xml,jdk.jfr,jdk.unsupported";

  private JavaRuntime() {}

  /** Returns the runtime out of {@code cache}. */
  public static Path runtime(Cache cache) throws IOException, InterruptedException {
    String key = Cache.digest((Runtime.version() + MODULES + FLAGS).getBytes(UTF_8));
    return cache
        .directory(
            "java-" + Runtime.version().feature() + "-" + key,
            directory -> {
              link(directory.resolve("runtime"));
              // An archive fits the flags that it was made with, also the one below our own.
              var dump = new ArrayList<>(List.of("runtime/bin/java", "-Xshare:dump"));
              dump.addAll(FLAGS);
              Tool.output(directory, dump);
            })
        .resolve("runtime");
  }

  private static void link(Path target) {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() ->
                new MissingHereException(
                    "no jlink in " + System.getProperty("java.home") + ": it is no JDK"));
    var said = new StringWriter();
    var out = new PrintWriter(said);
    int code =
        jlink.run(
            out,
            out,
            "--add-modules",
            MODULES,
            "--strip-debug",
            "--compress=zip-6", // What is read often is in the archive; what is small boots fast.
            "--no-header-files",
            "--no-man-pages",
            "--output",
            target.toString());
    if (code != 0) {
      throw new MissingHereException("jlink cannot make a runtime: " + said.toString().strip());
    }
  }

  /**
   * Returns a directory with {@code lib}, the jars, and {@code classes.jsa}, the archive.
   *
   * @param jars the class path
   * @param training a main class on it, and its arguments, that uses what the programs will use;
   *     its exit code does not matter
   */
  public static Path program(Cache cache, Path runtime, List<Path> jars, List<String> training)
      throws IOException, InterruptedException {
    var key = new StringBuilder(runtime + " " + training);
    for (Path jar : jars) {
      key.append(Cache.digest(Files.readAllBytes(jar)));
    }
    return cache.directory(
        "program-" + Cache.digest(key.toString().getBytes(UTF_8)),
        directory -> {
          Path lib = Files.createDirectories(directory.resolve("lib"));
          for (Path jar : jars) {
            copy(jar, lib.resolve(jar.getFileName()));
          }
          Path archive = directory.resolve("classes.jsa");
          var command = new ArrayList<String>();
          command.add(runtime.resolve("bin/java").toString());
          command.addAll(FLAGS);
          command.add("-XX:ArchiveClassesAtExit=" + archive);
          command.add("-Xlog:disable");
          command.add("-cp");
          command.add(classPath(lib, lib));
          command.addAll(training);
          Tool.Result result = Tool.run(directory, Map.of(), command);
          if (!Files.exists(archive)) {
            throw new MissingHereException(result.toString());
          }
        });
  }

  private static void copy(Path jar, Path target) throws IOException {
    if (OldClasses.in(jar)) {
      OldClasses.renew(jar, target);
    } else {
      Files.copy(jar, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /**
   * Returns the class path of the jars in {@code lib}, for a domain that has them in {@code place}:
   * the same order everywhere, as the archive wants it.
   */
  static String classPath(Path lib, Path place) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.map(jar -> place.resolve(jar.getFileName()).toString())
          .sorted()
          .collect(Collectors.joining(File.pathSeparator));
    }
  }
}
