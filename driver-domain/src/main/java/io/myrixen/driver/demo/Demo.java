package io.myrixen.driver.demo;

import io.myrixen.driver.demo.DemoProgress.Phase;
import io.myrixen.driver.fleet.EchoMeasurement;
import io.myrixen.driver.fleet.Fleet;
import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.fleet.GuestVm;
import io.myrixen.driver.guest.Guest;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.process.Lifetime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the demo once, in a run directory where a hypervisor and a driver domain serve. */
public final class Demo {

  /** What is measured: both ends of each class, and where bandwidth levels off. */
  private static final int[] SIZES = {
    0, 8, 32, 128, 1_024, 4_096, 32_768, 65_536, 262_144, 1 << 20
  };

  private static final int LARGEST = 1 << 20;

  /** Many VMs on few cores with every message verified twice; far beyond the usual seconds. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Path runDirectory;
  private final DemoOptions options;
  private final DemoProgress progress;
  private final List<PairResult> pairs = new ArrayList<>();
  private final List<EchoMeasurement> echoes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Prepares a demo. */
  public Demo(Path runDirectory, DemoOptions options, DemoProgress progress) {
    this.runDirectory = runDirectory;
    this.options = options;
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @throws DemoException if a service cannot be asked
   * @throws GuestFailedException if VMs do not come up
   */
  public DemoReport run(Lifetime lifetime) throws InterruptedException {
    long startNs = System.nanoTime();
    Fleet fleet = lifetime.keep(new Fleet(runDirectory, options.way(), LARGEST));
    var probe = new DataPathProbe(runDirectory, fleet);
    DataPath before = probe.now();
    progress.onPhase(Phase.START, fleet);
    for (int i = 1; i <= options.vms(); i++) {
      fleet.start("vm" + i);
    }
    fleet.awaitReady();
    fleet.connectAll();

    DataPath first = probe.now();
    progress.onPhase(Phase.EXCHANGE, fleet);
    exchange(fleet);
    progress.onPhase(Phase.MEASURE, fleet);
    measure(fleet);
    progress.onPhase(Phase.FILE, fleet);
    @Nullable FileResult file = moveFile(fleet);
    DataPath last = probe.now();
    progress.onPhase(Phase.PARTING, fleet);
    List<String> names = fleet.guests().stream().map(GuestVm::name).toList();
    List<String> died = fleet.died();
    fleet.close();
    return new DemoReport(
        names,
        died,
        pairs,
        Guest.MESSAGES_PER_PAIR,
        echoes,
        file,
        last.since(first),
        last.since(before).registrations(),
        problems,
        (System.nanoTime() - startNs) / 1e9);
  }

  private void exchange(Fleet fleet) throws InterruptedException {
    List<GuestVm> all = fleet.living();
    Line command = Line.of("exchange").with("guests", options.vms()).with("seed", options.seed());
    all.forEach(guest -> guest.send(command));
    for (GuestVm guest : all) {
      try {
        @Nullable Line line = guest.await(LIMIT);
        while (line != null && !line.verb().equals("exchanged")) {
          pairs.add(PairResult.read(guest.index(), line));
          line = guest.await(LIMIT);
        }
      } catch (GuestFailedException e) {
        problems.add("exchange: " + e.getMessage());
      }
    }
  }

  private void measure(Fleet fleet) throws InterruptedException {
    List<GuestVm> living = fleet.living();
    if (living.size() < 2) {
      return;
    }
    try {
      echoes.addAll(EchoMeasurement.measure(living.get(0), living.get(1), 0, SIZES));
    } catch (GuestFailedException e) {
      failed("measurement", fleet, e);
    }
  }

  private @Nullable FileResult moveFile(Fleet fleet) throws InterruptedException {
    List<GuestVm> living = fleet.living();
    if (living.size() < 2) {
      return null;
    }
    GuestVm source = living.getFirst();
    GuestVm target = living.getLast();
    Path copy = runDirectory.resolve("moved-file-" + target.name());
    try {
      long bytes = Files.size(options.file());
      target.send(
          Line.of("receivefile")
              .with("path", copy)
              .with("bytes", bytes)
              .with("peer", source.index()));
      source.send(Line.of("sendfile").with("path", options.file()).with("peer", target.index()));
      @Nullable Line sent = source.await("filesent", LIMIT);
      @Nullable Line received = target.await("filereceived", LIMIT);
      if (sent == null || received == null) {
        return null;
      }
      return new FileResult(
          options.file(),
          bytes,
          source.name(),
          target.name(),
          sent.text("sha256"),
          sent.text("sha256").equals(received.text("sha256")) && received.number("bytes") == bytes,
          sent.fraction("seconds"));
    } catch (GuestFailedException e) {
      failed("file", fleet, e);
      return null;
    } catch (IOException e) {
      problems.add("file: " + e);
      return null;
    } finally {
      delete(copy);
    }
  }

  /** A step between two guests fails rightly if one of them has died. */
  private void failed(String step, Fleet fleet, GuestFailedException e) {
    if (fleet.died().isEmpty()) {
      problems.add(step + ": " + e.getMessage());
    }
  }

  private void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      problems.add("file: cannot remove " + file + ": " + e);
    }
  }
}
