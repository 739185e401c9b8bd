package io.myrixen.simulation.traffic;

import io.myrixen.mx.EndpointCounters;
import io.myrixen.mx.EndpointOptions;
import io.myrixen.simulation.oracle.Oracle;
import io.myrixen.simulation.time.Agenda;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The applications of a run, and what they have in common. */
public final class Traffic {

  /** Chances, in percent, that a message is for oneself, or for somebody so near. */
  private static final int SELF = 5;

  private static final int SAME_BOARD = 20;
  private static final int SAME_NIC = 45;
  private static final int SLUGGISH = 70;

  private final Agenda agenda;
  private final Oracle oracle;
  private final Consumer<EndpointCounters> ledger;
  private final List<Application> applications = new ArrayList<>();
  private final Occurrences occurrences = new Occurrences();

  /**
   * Makes traffic without applications.
   *
   * @param ledger is told what each endpoint has counted, at its end
   */
  public Traffic(Agenda agenda, Oracle oracle, Consumer<EndpointCounters> ledger) {
    this.agenda = agenda;
    this.oracle = oracle;
    this.ledger = ledger;
  }

  /**
   * Adds an application with habits drawn by {@code random}, which has {@code quota} messages to
   * send. All are added before the first one starts.
   */
  public Application add(
      Place place, RandomGenerator random, EndpointOptions base, Pace pace, int quota) {
    Habits habits = Habits.draw(random, base, pace);
    var application = new Application(this, applications.size(), place, habits, random, quota);
    applications.add(application);
    return application;
  }

  /** All of them. */
  public List<Application> applications() {
    return applications;
  }

  /** What they have seen. */
  public Occurrences occurrences() {
    return occurrences;
  }

  Agenda agenda() {
    return agenda;
  }

  Oracle oracle() {
    return oracle;
  }

  void counted(EndpointCounters counters) {
    ledger.accept(counters);
  }

  /** Draws the number of whom {@code from} sends to next. */
  int draw(Application from, RandomGenerator random) {
    int percent = random.nextInt(100);
    if (percent < SELF) {
      return from.number;
    }
    if (from.habits.pace() == Pace.EAGER && percent < SLUGGISH) {
      return sluggish(from.place.nic());
    }
    for (int i = 0; i < 8; i++) { // There may be nobody so near.
      Application to = applications.get(random.nextInt(applications.size()));
      boolean sameNic = to.place.nic() == from.place.nic();
      boolean wanted =
          percent < SAME_BOARD
              ? to.place.nicId() == from.place.nicId()
              : percent < SAME_NIC ? sameNic : !sameNic;
      if (wanted) {
        return to.number;
      }
    }
    return random.nextInt(applications.size());
  }

  private int sluggish(int nic) {
    for (Application application : applications) {
      if (application.place.nic() == nic && application.habits.pace() == Pace.SLUGGISH) {
        return application.number;
      }
    }
    throw new IllegalStateException("nobody is sluggish on NIC " + nic);
  }

  /** Whether everything has been sent, and all that must arrive has. */
  public boolean done() {
    for (Application application : applications) {
      if (!application.done()) {
        return false;
      }
    }
    return oracle.allArrived();
  }

  /** What keeps it from being done, in words. */
  public String pending() {
    for (Application application : applications) {
      if (!application.done()) {
        return application.pending();
      }
    }
    return oracle.missing();
  }
}
