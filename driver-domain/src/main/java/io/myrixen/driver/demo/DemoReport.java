package io.myrixen.driver.demo;

import io.myrixen.driver.fleet.EchoMeasurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the demo found.
 *
 * @param names of the VMs, by index
 * @param died names of those that died before the end
 * @param pairs what every guest saw of every other one
 * @param planned messages from each guest to each other one
 * @param echoes what was measured, by size
 * @param file how the file's move went; null if a death prevented it
 * @param dataPath what was done beside the windows between first message and last verification
 * @param registrations requests about regions since the demo began
 * @param problems what else went wrong, a line each
 * @param seconds how long it all took
 */
public record DemoReport(
    List<String> names,
    List<String> died,
    List<PairResult> pairs,
    int planned,
    List<EchoMeasurement> echoes,
    @Nullable FileResult file,
    DataPath dataPath,
    long registrations,
    List<String> problems,
    double seconds) {

  /** Copies the lists. */
  public DemoReport {
    names = List.copyOf(names);
    died = List.copyOf(died);
    pairs = List.copyOf(pairs);
    echoes = List.copyOf(echoes);
    problems = List.copyOf(problems);
  }

  /** Messages that arrived and were verified. */
  public long messages() {
    return pairs.stream().mapToLong(PairResult::received).sum();
  }

  /** Payload of these. */
  public long bytes() {
    return pairs.stream().mapToLong(PairResult::receivedBytes).sum();
  }

  /** Messages that arrived with something wrong. */
  public long corrupt() {
    return pairs.stream().mapToLong(PairResult::corrupt).sum();
  }

  /**
   * Messages between two living VMs that neither arrived nor were refused, as either end saw it.
   */
  public long lost() {
    long seen = pairs.stream().mapToLong(PairResult::lost).sum();
    return seen + unjudged();
  }

  /** Messages on which a living guest gave no verdict at all. */
  private long unjudged() {
    long unjudged = 0;
    for (int guest = 0; guest < names.size(); guest++) {
      for (int peer = 0; peer < names.size(); peer++) {
        if (guest != peer && !died(guest) && !died(peer)) {
          unjudged += Math.max(0, planned - judged(guest, peer));
        }
      }
    }
    return unjudged;
  }

  private long judged(int guest, int peer) {
    return pairs.stream()
        .filter(pair -> pair.incoming() && pair.guest() == guest && pair.peer() == peer)
        .mapToLong(PairResult::judged)
        .sum();
  }

  private boolean died(int index) {
    return died.contains(names.get(index));
  }

  /** Messages that ended with a status because one end died. */
  public long endedByDeath() {
    return pairs.stream().mapToLong(PairResult::endedByDeath).sum();
  }

  /** Messages from {@code sender} that {@code receiver} verified. */
  long verified(int sender, int receiver) {
    return pairs.stream()
        .filter(pair -> pair.incoming() && pair.guest() == receiver && pair.peer() == sender)
        .mapToLong(PairResult::received)
        .sum();
  }

  /**
   * Whether the data path did nothing but move messages. A registration is a request and some
   * grants; a death is more than messages anyway.
   */
  public boolean dataPathClean() {
    boolean grantsAccountedFor = dataPath.grantOperations() == 0 || dataPath.registrations() > 0;
    return !died.isEmpty()
        || (dataPath.controlRequests() == 0
            && dataPath.storeOperations() == 0
            && grantsAccountedFor);
  }

  /** Whether nothing is wrong for any VM that lived to the end. */
  public boolean good() {
    return corrupt() == 0
        && lost() == 0
        && problems.isEmpty()
        && dataPathClean()
        && (file == null ? !died.isEmpty() : file.sha256Ok());
  }

  /** For machines. */
  public Map<String, Object> json() {
    var object = new LinkedHashMap<String, Object>();
    object.put("vms", names.size());
    object.put("messages", messages());
    object.put("bytes", bytes());
    object.put("corrupt", corrupt());
    object.put("lost", lost());
    object.put("file", file == null ? Map.of("sha256Ok", false) : file.json());
    object.put("dataPath", dataPath.json());
    object.put("registrations", registrations);
    object.put("died", died);
    object.put("endedByDeath", endedByDeath());
    object.put("echoes", echoes.stream().map(EchoMeasurement::json).toList());
    object.put("problems", allProblems());
    object.put("good", good());
    object.put("seconds", seconds);
    return object;
  }

  /** What went wrong, a line each. */
  List<String> allProblems() {
    var all = new ArrayList<>(problems);
    for (PairResult pair : pairs) {
      if (!pair.wrong().isEmpty()) {
        all.add(
            "%s %s %s: %s"
                .formatted(
                    names.get(pair.guest()),
                    pair.incoming() ? "from" : "to",
                    names.get(pair.peer()),
                    pair.wrong()));
      }
    }
    return all;
  }
}
