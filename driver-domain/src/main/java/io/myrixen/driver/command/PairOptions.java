package io.myrixen.driver.command;

import io.myrixen.driver.fleet.Fleet;
import io.myrixen.driver.fleet.GuestFailedException;
import io.myrixen.driver.fleet.PairedGuests;
import io.myrixen.driver.fleet.ToldGuest;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.driver.report.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands have in common that measure something between two VMs, by size. */
final class PairOptions {

  private static final int LARGEST = 16 << 20;

  @Mixin private final RunDirectoryOption runDirectory = new RunDirectoryOption();

  @Mixin private final BoardOption board = new BoardOption();

  @Mixin private final OtherVmOption otherVm = new OtherVmOption();

  @Option(
      names = "--vms",
      paramLabel = "A,B",
      split = ",",
      defaultValue = "ping,pong",
      description = "Names of the two VMs (default: ${DEFAULT-VALUE}).")
  private List<String> names = List.of();

  @Option(
      names = "--sizes",
      paramLabel = "BYTES",
      split = ",",
      defaultValue = "0,8,32,128,1024,4096,32768,65536,262144,1048576,4194304",
      description = "Sizes of messages in bytes, up to 16 MiB (default: ${DEFAULT-VALUE}).")
  private int[] sizes = {};

  @Option(names = "--json", description = "Print the result as one JSON object, last line.")
  private boolean json;

  /** What is to be told below the table. */
  private List<String> notes = List.of();

  /** Measures between two guests that are connected. */
  @FunctionalInterface
  interface Measurement<T> {

    /** Does it for every one of {@code sizes}. */
    List<T> measure(ToldGuest first, ToldGuest second, int... sizes) throws InterruptedException;
  }

  /** Whether this process is to serve others that measure. */
  boolean serves() {
    otherVm.check(runDirectory);
    return otherVm.serves();
  }

  /** Serves others that measure. */
  int serve() throws InterruptedException {
    return otherVm.serve(runDirectory, board.way());
  }

  /** Measures between two VMs that it creates and ends, or with one that serves. */
  <T> List<T> measure(Measurement<T> measurement) throws InterruptedException {
    if (names.size() != 2 || names.get(0).equals(names.get(1))) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE, "--vms must be two different names: " + String.join(",", names));
    }
    for (int size : sizes) {
      if (size < 0 || size > LARGEST) {
        throw new CommandFailure(
            ExitCode.BAD_USAGE, "--sizes must be 0 to %d: %d".formatted(LARGEST, size));
      }
    }
    int largest = Arrays.stream(sizes).max().orElse(0);
    try (Lifetime lifetime = Lifetime.ofCommand()) {
      return otherVm.peer() == null
          ? measureOwn(measurement, largest, lifetime)
          : measureWithPeer(measurement, largest, lifetime);
    } catch (GuestFailedException e) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(e.getMessage()), e);
    }
  }

  private <T> List<T> measureOwn(Measurement<T> measurement, int largest, Lifetime lifetime)
      throws InterruptedException {
    BoardWay way = board.way();
    Path directory = SystemForCommand.start(runDirectory, lifetime);
    Fleet fleet = lifetime.keep(new Fleet(directory, way, largest));
    names.forEach(fleet::start);
    fleet.awaitReady();
    fleet.connectAll();
    return measurement.measure(fleet.guests().get(0), fleet.guests().get(1), sizes);
  }

  private <T> List<T> measureWithPeer(Measurement<T> measurement, int largest, Lifetime lifetime)
      throws InterruptedException {
    PairedGuests pair = otherVm.connect(runDirectory, board.way(), largest, lifetime);
    ToldGuest here = pair.here();
    ToldGuest there = pair.there();
    names = List.of(here.name(), there.name());
    notes = pair.notes();
    return measurement.measure(here, there, sizes);
  }

  /** Prints {@code table}, and {@code rows} for machines if asked to. */
  void print(String table, List<Map<String, Object>> rows) {
    System.out.print(table);
    notes.forEach(System.out::println);
    if (json) {
      var object = new LinkedHashMap<String, Object>();
      object.put("board", board.way().toString());
      object.put("vms", names);
      object.put("notes", notes);
      object.put("rows", rows);
      System.out.println(Json.write(object));
    }
    System.out.flush();
  }
}
