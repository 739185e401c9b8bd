package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Implementation;
import io.myrixen.driver.fleet.Fleet;
import io.myrixen.driver.fleet.GuestVm;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import java.nio.file.Path;
import java.time.Duration;

/** Two guests that talk MX. Gone with the lifetime they were started in. */
final class GuestContender implements Contender {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Implementation implementation;
  private final GuestVm driving;
  private final GuestVm serving;

  private GuestContender(Implementation implementation, GuestVm driving, GuestVm serving) {
    this.implementation = implementation;
    this.driving = driving;
    this.serving = serving;
  }

  /** Starts two guests that come to their boards by {@code way}, and connects them. */
  static GuestContender start(BoardWay way, Path runDirectory, Lifetime lifetime)
      throws InterruptedException {
    Fleet fleet = lifetime.keep(new Fleet(runDirectory, way, Load.MAX_BYTES));
    fleet.start("bench-" + way + "-a");
    fleet.start("bench-" + way + "-b");
    fleet.awaitReady();
    fleet.connectAll();
    return new GuestContender(
        Implementation.valueOf(way.name()), fleet.guests().get(0), fleet.guests().get(1));
  }

  @Override
  public Implementation implementation() {
    return implementation;
  }

  @Override
  public Line run(Load load, long budgetNs) throws InterruptedException {
    serving.send(load.on(Line.of("serve")).with("peer", driving.index()));
    driving.send(
        load.on(Line.of("drive")).with("peer", serving.index()).with("budgetNs", budgetNs));
    Line measured = driving.require("driven", LIMIT);
    var _ = serving.require("served", LIMIT);
    return measured;
  }
}
