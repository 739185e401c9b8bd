package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.Guest;
import io.myrixen.driver.guest.Line;
import io.myrixen.driver.process.BoardSource;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.ChildProcess;
import io.myrixen.driver.process.Jvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guests that know each other. The death of one is told to all others at once. Confined to one
 * thread, but for {@link #close}.
 */
public final class Fleet implements AutoCloseable {

  /** JVMs start one after the other where cores are few. */
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final Path runDirectory;
  private final BoardWay way;
  private final long largestBytes;
  private final List<GuestVm> guests = new ArrayList<>();
  private volatile boolean parting;

  /**
   * Makes an empty fleet.
   *
   * @param way how its guests come to their boards
   * @param largestBytes the largest message that will be measured, in bytes
   */
  public Fleet(Path runDirectory, BoardWay way, long largestBytes) {
    this.runDirectory = runDirectory;
    this.way = way;
    this.largestBytes = largestBytes;
  }

  /** Starts a guest with one board. */
  public void start(String name) {
    GuestVm guest;
    BoardSource boards = way.open(runDirectory, name);
    synchronized (guests) {
      guest = new GuestVm(guests.size(), name, boards);
      guests.add(guest);
    }
    List<String> command =
        Jvm.guest(
            Guest.class, List.of(Integer.toString(guest.index()), Long.toString(largestBytes)));
    ChildProcess process =
        ChildProcess.start(
            name, command, boards.environment(), text -> guest.heard(Line.parse(text)));
    guest.started(process);
    process.whenEnded(_ -> ended(guest));
  }

  private void ended(GuestVm guest) {
    if (parting) {
      return;
    }
    guest.died();
    Line news = Line.of("dead").with("index", guest.index());
    for (GuestVm other : guests()) {
      if (!other.dead()) {
        other.send(news);
      }
    }
  }

  /** All guests, in the order they were started. */
  public List<GuestVm> guests() {
    synchronized (guests) {
      return List.copyOf(guests);
    }
  }

  /** Those that live. */
  public List<GuestVm> living() {
    return guests().stream().filter(guest -> !guest.dead()).toList();
  }

  /** Names of those that died. */
  public List<String> died() {
    return guests().stream().filter(GuestVm::dead).map(GuestVm::name).toList();
  }

  /** Waits until every guest has opened its endpoint. */
  public void awaitReady() throws InterruptedException {
    for (GuestVm guest : guests()) {
      if (guest.await("ready", START_LIMIT) == null) {
        throw new GuestFailedException(guest.name() + " ended before it was ready");
      }
    }
  }

  /** Connects each guest with each other one, in both directions. */
  public void connectAll() throws InterruptedException {
    List<GuestVm> all = guests();
    for (GuestVm guest : all) {
      for (GuestVm other : all) {
        if (other.index() != guest.index()) {
          guest.send(Line.of("connect").with("index", other.index()).with("name", other.name()));
        }
      }
    }
    for (GuestVm guest : all) {
      for (int i = 1; i < all.size(); i++) {
        if (guest.await("connected", START_LIMIT) == null) {
          throw new GuestFailedException(guest.name() + " ended while all were connecting");
        }
      }
    }
  }

  /** Says {@code command} to every living guest, and collects the answers by guest index. */
  public Map<Integer, Line> ask(String command, Duration limit) throws InterruptedException {
    List<GuestVm> asked = living();
    asked.forEach(guest -> guest.send(Line.of(command)));
    var answers = new LinkedHashMap<Integer, Line>();
    for (GuestVm guest : asked) {
      @Nullable Line answer = guest.await(command, limit);
      if (answer != null) {
        answers.put(guest.index(), answer);
      }
    }
    return answers;
  }

  /** Lets every guest close its endpoint, and removes domains and devices. Idempotent. */
  @Override
  public void close() {
    parting = true;
    List<GuestVm> all;
    synchronized (guests) {
      all = List.copyOf(guests);
      guests.clear();
    }
    for (GuestVm guest : all) {
      if (!guest.dead()) {
        guest.send(Line.of("close"));
      }
    }
    all.forEach(GuestVm::close);
  }
}
