package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.BenchResult;
import io.myrixen.driver.bench.result.Readings;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what the NIC costs, and what a VM costs on it: guests that come to one NIC by each
 * {@link BoardWay}, and three processes that relay without any protocol. All processes live through
 * the whole run, and sleep unless it is their turn.
 */
public final class NicBench {

  private final Path runDirectory;
  private final Plan plan;
  private final Consumer<String> progress;

  /**
   * Makes one.
   *
   * @param runDirectory of a hypervisor and a driver domain that run
   * @param progress receives a line for people now and then
   */
  public NicBench(Path runDirectory, Plan plan, Consumer<String> progress) {
    this.runDirectory = runDirectory;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Runs it all.
   *
   * @param commit of what is measured
   * @param command for the record
   * @throws io.myrixen.driver.fleet.GuestFailedException if a process dies or fails
   * @throws IOException if {@code /proc} cannot be read
   */
  public BenchResult run(String commit, String command, Lifetime lifetime)
      throws IOException, InterruptedException {
    progress.accept("starting the bare relay, and guests that come to their boards each way");
    var contenders = new ArrayList<Contender>();
    contenders.addAll(RelayContender.of(lifetime.keep(RelayProcesses.start())));
    for (BoardWay way : BoardWay.values()) {
      contenders.add(GuestContender.start(way, runDirectory, lifetime));
    }
    var cacheLine = new CacheLine();
    var rounds = new Rounds(plan, List.copyOf(contenders), cacheLine::roundTripNs);
    progress.accept("warming up");
    cacheLine.warmUp();
    rounds.warmUp();
    double asleepShare = ProcessorUse.whileAsleep();
    rounds.measure(round -> progress.accept("round %d of %d".formatted(round + 1, plan.rounds())));
    return new BenchResult(
        ThisMachine.read(),
        commit,
        command,
        plan.rounds(),
        rounds.dropped(),
        asleepShare,
        new Readings(rounds.readings()));
  }
}
