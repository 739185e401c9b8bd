package io.myrixen.simulation.campaign;

import io.myrixen.simulation.SimulatedSystem;
import io.myrixen.simulation.network.Partitions;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.time.Alarm;
import io.myrixen.simulation.traffic.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What goes wrong on purpose, and when: links stand still, NICs pause and restart, networks part,
 * VMs are killed, endpoints are closed and opened anew.
 */
final class FaultPlan {

  private static final long MS = 1_000_000;

  /** A call that is under way has to end before its VM can be killed from here. */
  private static final long AGAIN_NS = 50_000;

  private final SimulatedSystem system;
  private final Scenario scenario;
  private final List<Application> applications;
  private final Oracle oracle;
  private final RandomGenerator random;
  private final Coverage coverage;

  /** Disasters that have not come to their end yet. */
  private int open;

  FaultPlan(
      SimulatedSystem system,
      Scenario scenario,
      List<Application> applications,
      Oracle oracle,
      RandomGenerator random,
      Coverage coverage) {
    this.system = system;
    this.scenario = scenario;
    this.applications = applications;
    this.oracle = oracle;
    this.random = random;
    this.coverage = coverage;
  }

  /** Draws all, and notes it in the agenda. */
  void schedule() {
    long spanNs = (20 + random.nextInt(200)) * MS;
    some(3, "plan stall", spanNs, this::stall);
    some(2, "plan NIC pause", spanNs, this::pause);
    some(2, "plan partition", spanNs, this::partition);
    some(3, "plan endpoint reopened", spanNs, this::reopen);
    if (random.nextInt(3) == 0) {
      some(2, "plan VM killed", spanNs, this::kill);
    }
    if (random.nextInt(6) == 0) {
      some(1, "plan NIC restarted", spanNs, this::restart);
    }
  }

  /** Whether all that was planned is over. */
  boolean over() {
    return open == 0;
  }

  private void some(int most, String name, long spanNs, Runnable disaster) {
    coverage.add(name, 0);
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      open++;
      at(random.nextLong(spanNs), name, disaster);
    }
  }

  private void at(long delayNs, String name, Runnable disaster) {
    var alarm = new ArrayList<Alarm>(1);
    alarm.add(
        system
            .agenda()
            .alarm(() -> {
              if (system.agenda().depth() > 1) {
                alarm.get(0).setIn(AGAIN_NS); // Somebody waits in a call, this one inside it.
                return;
              }
              coverage.add(name, 1);
              disaster.run();
            }));
    alarm.get(0).setIn(delayNs);
  }

  private void later(long delayNs, Runnable end) {
    system
        .agenda()
        .in(
            delayNs,
            () -> {
              end.run();
              open--;
            });
  }

  private void stall() {
    system.network().ports().get(random.nextInt(scenario.nics())).stall(random.nextLong(8 * MS));
    open--;
  }

  private void pause() {
    system.nics().get(random.nextInt(scenario.nics())).pause(random.nextLong(20 * MS));
    open--;
  }

  private void partition() {
    int one = random.nextInt(scenario.nics());
    int other = (one + 1 + random.nextInt(scenario.nics() - 1)) % scenario.nics();
    boolean bothWays = random.nextBoolean();
    boolean isLong = random.nextInt(6) == 0;
    long durationNs =
        isLong ? 2 * scenario.options().requestTimeout().toNanos() : random.nextLong(1_500 * MS);
    if (isLong) {
      coverage.add("plan partition until given up", 1);
      apart(one, other);
    }
    Partitions partitions = system.network().partitions();
    partitions.part(one, other);
    if (bothWays) {
      partitions.part(other, one);
    }
    later(
        durationNs,
        () -> {
          partitions.join(one, other);
          if (bothWays) {
            partitions.join(other, one);
          }
        });
  }

  /** Whoever is on these NICs may give the other up. */
  private void apart(int one, int other) {
    oracle.apart(
        (from, to) -> {
          int fromNic = nicOf(from.nicId());
          int toNic = nicOf(to.nicId());
          return (fromNic == one && toNic == other) || (fromNic == other && toNic == one);
        },
        "parted for long");
  }

  private static int nicOf(long nicId) {
    return SimulatedSystem.nicOf(nicId);
  }

  private void reopen() {
    applications.get(random.nextInt(applications.size())).reopen();
    open--;
  }

  private void kill() {
    int nic = random.nextInt(scenario.nics());
    int vm = random.nextInt(scenario.vmsOnEach());
    List<Application> killed =
        applications.stream()
            .filter(each -> each.place().nic() == nic && each.place().vm() == vm)
            .toList();
    killed.forEach(Application::kill);
    system.vm(nic, vm).kill();
    later(
        MS + random.nextLong(100 * MS),
        () -> {
          var fresh = system.replaceVm(nic, vm, scenario.boardsOfEach());
          killed.forEach(each -> each.start(fresh));
        });
  }

  private void restart() {
    system.nics().get(random.nextInt(scenario.nics())).restart();
    open--;
  }
}
