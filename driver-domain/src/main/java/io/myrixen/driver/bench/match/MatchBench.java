package io.myrixen.driver.bench.match;

import io.myrixen.driver.bench.CacheLine;
import io.myrixen.driver.bench.Plan;
import io.myrixen.driver.bench.ThisMachine;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures whether matching stays flat: the same send-receives while 10 to 10,000 others wait. Our
 * library runs in this JVM, an endpoint to itself and one VM to another; MPI libraries beside it in
 * processes of their own that sleep unless it is their turn.
 */
public final class MatchBench {

  /** 40 ms: ten batches where 10,000 receives are walked for each message. */
  private static final long LOAD_NS = 40_000_000;

  private static final int WARM_UPS = 2;

  private static final int QUICK_ROUNDS = 3;
  private static final long QUICK_LOAD_NS = 2_000_000;

  private static final List<Integer> DEPTHS = List.of(10, 100, 1_000, 10_000);

  private static final int ENDPOINT_ID = 1;
  private static final int KEY = 7;

  private final Plan plan;
  private final Consumer<String> progress;
  private final CacheLine cacheLine = new CacheLine();
  private final List<MatchReading> readings = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param progress receives a line for people now and then
   */
  public MatchBench(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** The whole benchmark. */
  public static Plan full() {
    return new Plan(Plan.ROUNDS_DEFAULT, LOAD_NS, WARM_UPS);
  }

  /** Shows that all works; its figures mean little. */
  public static Plan quick() {
    return new Plan(QUICK_ROUNDS, QUICK_LOAD_NS, 0);
  }

  /**
   * Runs it all.
   *
   * @param commit of what is measured
   * @param command for the record
   * @param directory empty, for what is compiled
   * @throws io.myrixen.driver.fleet.GuestFailedException if a process dies
   * @throws IOException if {@code /proc} cannot be read or {@code directory} not be written
   */
  public MatchResult run(String commit, String command, Path directory, Lifetime lifetime)
      throws IOException, InterruptedException {
    progress.accept("looking for MPI libraries");
    MpiLibraries libraries = MpiLibraries.start(directory, lifetime);
    List<MatchContender> own = own(lifetime);
    var contenders = new ArrayList<>(own);
    contenders.addAll(libraries.contenders());
    progress.accept("warming up");
    cacheLine.warmUp();
    for (int i = 0; i < plan.warmUps(); i++) {
      measure(contenders, i);
    }
    readings.clear();
    for (int round = 0; round < plan.rounds(); round++) {
      progress.accept("round %d of %d".formatted(round + 1, plan.rounds()));
      measure(contenders, round);
    }
    return new MatchResult(
        ThisMachine.read(),
        commit,
        command,
        plan.rounds(),
        own.stream().map(MatchContender::label).toList(),
        libraries.notes(),
        readings);
  }

  private static List<MatchContender> own(Lifetime lifetime) {
    MyriXen system = lifetime.keep(MyriXen.embedded());
    // Whoever calls makes progress; the VMs' own threads would only come between.
    EndpointOptions options = EndpointOptions.fromEnvironment().withBackgroundProgress(false);
    Vm alice = system.createVm("alice");
    Vm bob = system.createVm("bob");
    Endpoint self = alice.mx().openEndpoint(0, 0, KEY, options);
    Endpoint from = alice.mx().openEndpoint(0, ENDPOINT_ID, KEY, options);
    Endpoint to = bob.mx().openEndpoint(0, ENDPOINT_ID, KEY, options);
    return List.of(
        lifetime.keep(new EndpointContender("self", self, self, self.address())),
        lifetime.keep(new EndpointContender("nic", from, to, connect(from, to))));
  }

  /** Connects two endpoints of this thread, which both have to make progress for it. */
  private static EndpointAddress connect(Endpoint from, Endpoint to) {
    Request request = from.newRequest();
    var status = new Status();
    from.iconnect(to.board().nicId(), ENDPOINT_ID, KEY, 0, request);
    while (!from.test(request, status)) {
      to.progress();
    }
    return status.source();
  }

  /** A library's depths follow each other at once, so that pairs have the same placement. */
  private void measure(List<MatchContender> contenders, int round) throws InterruptedException {
    for (Pattern pattern : Pattern.values()) {
      for (MatchContender contender : Plan.order(contenders, round)) {
        if (contender.knows(pattern)) {
          for (int depth : Plan.order(DEPTHS, round)) {
            long calibrationNs = cacheLine.roundTripNs();
            double ns = contender.measure(pattern, depth, plan.loadNs());
            readings.add(
                new MatchReading(contender.label(), pattern, depth, round, ns, calibrationNs));
          }
        }
      }
    }
  }
}
