package io.myrixen.simulation.time;

/** A task of an {@link Agenda} with at most one moment at which it runs next. */
public final class Alarm {

  private final Agenda agenda;
  private final Runnable task;
  private long atNs = Agenda.NEVER_NS;
  private int stamp;

  Alarm(Agenda agenda, Runnable task) {
    this.agenda = agenda;
    this.task = task;
  }

  /** Runs after {@code delayNs} nanoseconds, or when it would have run, whichever is earlier. */
  public void setIn(long delayNs) {
    long momentNs = agenda.nowNs() + Math.max(0, delayNs);
    if (momentNs >= 0 && momentNs < atNs) { // A sum that overflowed is never.
      atNs = momentNs;
      agenda.note(this, atNs, ++stamp);
    }
  }

  /** Takes back when it would have run. */
  public void clear() {
    atNs = Agenda.NEVER_NS;
    stamp++;
  }

  /** Whether it will run. */
  public boolean set() {
    return atNs != Agenda.NEVER_NS;
  }

  boolean awaits(int noted) {
    return noted == stamp && set();
  }

  void ring() {
    atNs = Agenda.NEVER_NS;
    task.run();
  }
}
