package io.myrixen.mx.idle;

/**
 * Spins or yields between fruitless looks, whichever has paid lately. If the one who is waited for
 * runs on another core, spinning finds its answer within a microsecond, and a yield at the wrong
 * moment costs two switches of context. If it needs this very core, every spin is lost: only a
 * yield lets it run. Nobody tells which is the case, and schedulers move threads; so each wait that
 * spinning has ended speaks for spinning, and each one that it has not speaks against it.
 *
 * <p>Confined to one thread. One instance for each party that is waited for, since one may be on
 * this core and another elsewhere.
 */
public final class SpinOrYield {

  /** Waits that it takes to change its mind from certain to undecided, and again as many. */
  private static final int UNDECIDED = 8;

  private static final int CERTAIN = 2 * UNDECIDED;

  /** While spinning does not pay, one in so many waits tries whether it does again. */
  private static final int TRY_EVERY = 32;

  private final int spins;
  private int score = CERTAIN;
  private int waits;
  private int looks;
  private int limit;

  /**
   * Begins in the belief that spinning pays.
   *
   * @param spins looks before the first yield of a wait in which spinning is worth a try, from 1
   */
  public SpinOrYield(int spins) {
    if (spins < 1) {
      throw new IllegalArgumentException("spins must be positive: " + spins);
    }
    this.spins = spins;
    this.limit = spins;
  }

  /** Passes the time after a look that found nothing. */
  @SuppressWarnings("ThreadPriorityCheck") // Yielding is what this is about.
  public void idle() {
    if (spins()) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** Counts a look that found nothing; returns whether to spin before the next. */
  boolean spins() {
    looks++;
    if (looks == limit + 1 && limit == spins && score > 0) {
      score--;
    }
    return looks <= limit;
  }

  /** A look has found something: the wait, if there was one, is over. */
  public void found() {
    if (looks == 0) {
      return;
    }
    if (looks <= limit && limit == spins && score < CERTAIN) {
      score++;
    }
    begin();
  }

  /** The wait is given up, by a sleep for example: it says nothing about the next. */
  public void begin() {
    looks = 0;
    waits++;
    limit = score >= UNDECIDED || waits % TRY_EVERY == 0 ? spins : 1;
  }
}
