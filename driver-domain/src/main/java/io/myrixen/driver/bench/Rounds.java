package io.myrixen.driver.bench;

import io.myrixen.driver.bench.result.Placement;
import io.myrixen.driver.bench.result.Point;
import io.myrixen.driver.bench.result.Reading;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.guest.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Lets contenders carry each load in turns, round after round, and takes the distance between the
 * processors before and after each measurement. One in which they moved is repeated. Confined to
 * one thread.
 */
final class Rounds {

  /** The processors move every few seconds at the most: three times in a row is a bad hour. */
  private static final int ATTEMPTS = 3;

  private final Plan plan;
  private final List<Contender> contenders;
  private final Calibration calibration;
  private final List<Reading> readings = new ArrayList<>();
  private int dropped;

  /** The distance between the processors, now. */
  @FunctionalInterface
  interface Calibration {
    long roundTripNs() throws InterruptedException;
  }

  Rounds(Plan plan, List<Contender> contenders, Calibration calibration) {
    this.plan = plan;
    this.contenders = contenders;
    this.calibration = calibration;
  }

  /**
   * Runs everything without taking it down, so that what is measured later is compiled. In turns as
   * later, too: each one's compilers have the others' turns to catch up.
   */
  void warmUp() throws InterruptedException {
    for (int i = 0; i < plan.warmUps(); i++) {
      for (Load load : plan.loads()) {
        for (Contender contender : contenders) {
          var _ = contender.run(load, plan.loadNs());
        }
      }
    }
  }

  /**
   * Measures.
   *
   * @param beginning receives the number of each round, from 0
   */
  void measure(IntConsumer beginning) throws InterruptedException {
    for (int round = 0; round < plan.rounds(); round++) {
      beginning.accept(round);
      for (Load load : plan.loads()) {
        for (Contender contender : Plan.order(contenders, round)) {
          measure(contender, load, round);
        }
      }
    }
  }

  private void measure(Contender contender, Load load, int round) throws InterruptedException {
    long beforeNs = calibration.roundTripNs();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Line measured = contender.run(load, plan.loadNs());
      long afterNs = calibration.roundTripNs();
      if (Placement.of(beforeNs) == Placement.of(afterNs)) {
        long calibrationNs = (beforeNs + afterNs) / 2;
        for (Map.Entry<Point, Double> value : Measures.of(load, measured).entrySet()) {
          readings.add(
              new Reading(
                  contender.implementation(),
                  value.getKey(),
                  round,
                  value.getValue(),
                  calibrationNs));
        }
        return;
      }
      beforeNs = afterNs;
    }
    dropped++;
  }

  /** What was measured. */
  List<Reading> readings() {
    return readings;
  }

  /** Measurements given up, since the processors moved each time. */
  int dropped() {
    return dropped;
  }
}
