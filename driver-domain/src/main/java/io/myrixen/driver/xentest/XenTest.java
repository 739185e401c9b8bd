package io.myrixen.driver.xentest;

import io.myrixen.driver.process.ChildProcess;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.xentest.debian.Packages;
import io.myrixen.driver.xentest.image.Images;
import io.myrixen.driver.xentest.image.JavaRuntime;
import io.myrixen.driver.xentest.image.Kernel;
import io.myrixen.driver.xentest.machine.Emulator;
import io.myrixen.driver.xentest.tool.Cache;
import io.myrixen.driver.xentest.tool.MissingHereException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One test on real Xen, from nothing to a verdict. */
public final class XenTest {

  /** Longer than the machine's own watch, which ends it when something hangs there. */
  private static final Duration LIMIT = Duration.ofMinutes(41);

  private static final int POWER_OFF_S = 20;

  private static final Pattern AVAILABLE = Pattern.compile("MemAvailable: +(\\d+) kB");

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final XenTestOptions options;
  private final Consumer<String> progress;

  /**
   * Makes a test.
   *
   * @param progress is told what goes on, in a line each
   */
  public XenTest(XenTestOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws MissingHereException if something needed cannot be had on this machine
   */
  public XenTestResult run(Lifetime lifetime) throws IOException, InterruptedException {
    checkMachine();
    Path logs = Files.createDirectories(logs());
    var report = new DomainReport(options.plan(), progress);
    try (Cache cache = Cache.open(options.cache())) {
      progress.accept("looking for packages");
      Packages packages = Packages.in(cache);
      Emulator emulator = Emulator.find(packages);
      Images.Parts parts = parts(cache, packages);
      Path scratch = cache.scratch("boot");
      try {
        Images images = Images.build(parts, scratch);
        progress.accept("booting Xen, domain 0 and its domains");
        boot(emulator, images, logs.resolve("console.log"), report, lifetime);
      } finally {
        Cache.remove(scratch);
      }
    }
    return new XenTestResult(report.outcomes(), report.complete(), logs);
  }

  private void checkMachine() throws IOException {
    if (!System.getProperty("os.arch").equals("amd64")) {
      throw new MissingHereException("Xen is emulated for x86-64 only, on the same");
    }
    Matcher available = AVAILABLE.matcher(Files.readString(Path.of("/proc/meminfo")));
    if (available.find() && Long.parseLong(available.group(1)) >> 10 < Emulator.MACHINE_MIB) {
      throw new MissingHereException(
          "needs %d MiB of memory, and %s KiB are free"
              .formatted(Emulator.MACHINE_MIB, available.group(1)));
    }
  }

  private Path logs() {
    Path given = options.logs();
    return given != null
        ? given
        : options
            .cache()
            .resolve("logs-" + STAMP.format(LocalDateTime.now(ZoneId.systemDefault())));
  }

  private Images.Parts parts(Cache cache, Packages packages)
      throws IOException, InterruptedException {
    Path xen = packages.xen();
    Path kernel = packages.kernel(Kernel.FILES);
    Path prepared =
        cache.directory("ready-" + kernel.getFileName(), target -> Kernel.prepare(kernel, target));
    progress.accept("making a Java runtime and images");
    Path runtime = JavaRuntime.runtime(cache);
    Path program = JavaRuntime.program(cache, runtime, classPath(), options.training());
    List<String> plan = options.plan().stream().map(Step::label).toList();
    return new Images.Parts(xen, prepared, runtime, program, plan);
  }

  /** The jars that this JVM runs with, and those of the contract that are not among them. */
  private List<Path> classPath() throws IOException {
    Map<Path, Path> jars = new TreeMap<>();
    for (String jar : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      jars.put(Path.of(jar).getFileName(), Path.of(jar));
    }
    Path contract = options.contract();
    if (contract != null) {
      try (Stream<Path> files = Files.list(contract)) {
        files.forEach(jar -> jars.putIfAbsent(jar.getFileName(), jar));
      }
    }
    for (Path jar : jars.values()) {
      if (!Files.isRegularFile(jar)) {
        throw new MissingHereException(
            "the domains take jars, and this runs from " + jar + ": use ./myrixen");
      }
    }
    return List.copyOf(jars.values());
  }

  private void boot(
      Emulator emulator, Images images, Path console, DomainReport report, Lifetime lifetime)
      throws InterruptedException {
    ChildProcess machine = lifetime.keep(emulator.start(images, console, report::line));
    var off = new CountDownLatch(1);
    machine.whenEnded(_ -> {
      report.stop();
      off.countDown();
    });
    if (!report.await(LIMIT) || !off.await(POWER_OFF_S, TimeUnit.SECONDS)) {
      progress.accept("the machine does not end");
    }
    machine.close();
  }
}
