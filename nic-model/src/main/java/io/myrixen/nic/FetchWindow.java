package io.myrixen.nic;

import io.myrixen.mx.wire.WireProfile;
import java.util.Arrays;

/**
 * What is known of the frames of one pull: which have arrived, which are on their way, which to ask
 * for next. It knows no NIC and no memory, and takes the time as it is told.
 *
 * <pre>
 *   frames  |----arrived----|==asked for, some arrived==|----not asked for yet----|
 *           0              base                        next                     frames
 * </pre>
 *
 * <p>Frames are asked for in <em>runs</em>, one PULL each. When all of a run has arrived, what was
 * asked for before it and has not arrived is taken for lost and asked for again, once: it is then
 * part of a younger run. What no later run tells of, the deadline does.
 */
final class FetchWindow {

  /**
   * Bytes on their way at once, at most: what native MX asks for, four blocks of eight frames.
   * Fills 10 Gbit/s over 100 microseconds, and half of a usual staging ring, so that what is asked
   * for again is still there.
   */
  private static final int SPAN_BYTES = 128 * 1024;

  /** Runs in a span; as in MX, so that three are on their way while one is answered. */
  private static final int RUNS_PER_SPAN = 4;

  /** Half of what a frame's 8-bit sequence number tells apart. */
  private static final int MAX_FRAMES = 128;

  /**
   * Runs on their way: a span's, and as many short ones for frames that were lost here and there.
   */
  private static final int MAX_RUNS = 16;

  private int unit;
  private int skipped;
  private long lengthBytes;
  private long frameCount;
  private int runFrames;
  private long base;
  private long next;

  /** By frame index modulo {@link #MAX_FRAMES}; only those from base to next mean something. */
  private final boolean[] arrived = new boolean[MAX_FRAMES];

  /** The run that a frame is part of; 0: none, it is to be asked for again. */
  private final int[] runOf = new int[MAX_FRAMES];

  /** The runs on their way, in the order in which they were asked for. */
  private final int[] runNumbers = new int[MAX_RUNS];

  private final long[] runFirsts = new long[MAX_RUNS];
  private final int[] runCounts = new int[MAX_RUNS];
  private final int[] runMissing = new int[MAX_RUNS];
  private final long[] runTimesNs = new long[MAX_RUNS];

  /** Whether a run's first arrival tells of the round trip: none of it was asked for before. */
  private final boolean[] runTells = new boolean[MAX_RUNS];

  private int runCount;
  private int lastRun;

  /** How many runs may be on their way: fewer after a time-out, until some have arrived. */
  private int runsAllowed;

  private int onTheirWay;
  private int lost;
  private long planned;
  private long lastArrivalNs;
  private int timeouts;
  private long roundTripNs;

  /** Begins a pull of {@code lengthBytes}, at least 1, that begin at {@code windowOffset}. */
  void begin(WireProfile profile, long windowOffset, long lengthBytes, long nowNs) {
    this.lengthBytes = lengthBytes;
    unit = profile.pullReplyBytes();
    skipped = (int) (windowOffset % unit);
    frameCount = (lengthBytes + skipped + unit - 1) / unit;
    runFrames = Math.min(profile.repliesPerBlock(), SPAN_BYTES / RUNS_PER_SPAN / unit);
    runsAllowed = RUNS_PER_SPAN;
    base = 0;
    next = 0;
    runCount = 0;
    lastRun = 0;
    onTheirWay = 0;
    lost = 0;
    timeouts = 0;
    lastArrivalNs = nowNs;
    Arrays.fill(arrived, false);
    Arrays.fill(runOf, 0);
  }

  /** Frames that were asked for, have not arrived, and are not taken for lost. */
  int onTheirWay() {
    return onTheirWay;
  }

  /** Bytes of the message from its beginning that have arrived without a gap. */
  long prefixBytes() {
    return base == frameCount ? lengthBytes : offsetOf(base);
  }

  boolean complete() {
    return base == frameCount;
  }

  /** Where a frame begins in the message. */
  long offsetOf(long frame) {
    return Math.max(0, frame * unit - skipped);
  }

  /** How far into its frame the first one to be asked for begins. */
  int firstFrameOffset(long frame) {
    return frame == 0 ? skipped : 0;
  }

  /** Bytes of {@code count} frames from {@code first} on. */
  long bytesOf(long first, int count) {
    return Math.min(lengthBytes, (first + count) * unit - skipped) - offsetOf(first);
  }

  /** How many frames lie below {@code limitBytes} of the message. */
  private long framesBelow(long limitBytes) {
    return limitBytes >= lengthBytes ? frameCount : (limitBytes + skipped) / unit;
  }

  /**
   * Says how many frames to ask for now, from {@link #plannedFirst} on; 0: none.
   *
   * @param limitBytes where the memory for the message ends for now
   * @param budgetFrames how many may be asked for
   */
  int plan(long limitBytes, long budgetFrames) {
    if (runCount == MAX_RUNS) {
      return 0;
    }
    int count = lost > 0 ? planLost() : planNew(framesBelow(limitBytes));
    boolean full = onTheirWay > 0 && onTheirWay + count > runsAllowed * runFrames;
    return full || count > budgetFrames ? 0 : count;
  }

  private int planLost() {
    long first = base;
    while (!isLost(first)) {
      first++;
    }
    int count = 1;
    while (count < runFrames && first + count < next && isLost(first + count)) {
      count++;
    }
    planned = first;
    return count;
  }

  private boolean isLost(long frame) {
    return !arrived[slot(frame)] && runOf[slot(frame)] == 0;
  }

  private int planNew(long endFrame) {
    planned = next;
    long end = Math.min(base + (long) runsAllowed * runFrames, endFrame);
    int count = (int) Math.min(runFrames, end - next);
    // A short run would be followed by short ones for ever: one for each frame that arrives.
    boolean hasty = count < runFrames && next + count < frameCount && onTheirWay > 0;
    return count <= 0 || hasty ? 0 : count;
  }

  /** The first frame of what {@link #plan} said. */
  long plannedFirst() {
    return planned;
  }

  /** Whether what {@link #plan} said was asked for before. */
  boolean plannedAgain() {
    return planned < next;
  }

  /** The {@code count} frames of {@link #plan} have been asked for. */
  void requested(int count, long nowNs) {
    boolean again = plannedAgain();
    lastRun++;
    int run = runCount++;
    runNumbers[run] = lastRun;
    runFirsts[run] = planned;
    runCounts[run] = count;
    runMissing[run] = count;
    runTimesNs[run] = nowNs;
    runTells[run] = !again;
    for (int i = 0; i < count; i++) {
      runOf[slot(planned + i)] = lastRun;
    }
    onTheirWay += count;
    if (again) {
      lost -= count;
    } else {
      next += count;
    }
  }

  /**
   * Returns which frame a reply is; -1 if it is none as the pull's geometry has them, or its number
   * is another one's.
   */
  long frameOf(long messageOffset, int payloadBytes, int frameSequence) {
    long frame = messageOffset == 0 ? 0 : (messageOffset + skipped) / unit;
    boolean fits =
        frame < frameCount
            && messageOffset == offsetOf(frame)
            && payloadBytes == bytesOf(frame, 1)
            && frameSequence == (frame & 0xFF);
    return fits ? frame : -1;
  }

  /** Whether {@code frame} was asked for and has not arrived yet. */
  boolean awaits(long frame) {
    return frame >= base && frame < next && !arrived[slot(frame)];
  }

  /** Whether {@code frame} has arrived before. */
  boolean has(long frame) {
    return frame < base || (frame < next && arrived[slot(frame)]);
  }

  /** Takes note of a frame that was awaited; {@link #roundTripNs} may have news afterwards. */
  void arrived(long frame, long nowNs) {
    int slot = slot(frame);
    int number = runOf[slot];
    arrived[slot] = true;
    runOf[slot] = 0;
    lastArrivalNs = nowNs;
    timeouts = 0;
    roundTripNs = 0;
    if (number == 0) {
      lost--;
    } else {
      onTheirWay--;
      arrivedOfRun(find(number), nowNs);
    }
    while (base < next && arrived[slot(base)]) {
      arrived[slot(base)] = false;
      base++;
    }
  }

  private int find(int number) {
    int run = 0;
    while (runNumbers[run] != number) {
      run++;
    }
    return run;
  }

  private void arrivedOfRun(int run, long nowNs) {
    if (runTells[run]) {
      runTells[run] = false;
      roundTripNs = Math.max(1, nowNs - runTimesNs[run]);
    }
    runMissing[run]--;
    if (runMissing[run] == 0) {
      runsAllowed = Math.min(RUNS_PER_SPAN, runsAllowed + 1);
      loseFirst(run);
      removeFirst(run + 1);
    }
  }

  /** Takes what has not arrived of the oldest {@code count} runs for lost. */
  private void loseFirst(int count) {
    for (int run = 0; run < count; run++) {
      for (int i = 0; i < runCounts[run]; i++) {
        int slot = slot(runFirsts[run] + i);
        if (runOf[slot] == runNumbers[run]) {
          runOf[slot] = 0;
        }
      }
      lost += runMissing[run];
      onTheirWay -= runMissing[run];
    }
  }

  private void removeFirst(int count) {
    runCount -= count;
    System.arraycopy(runNumbers, count, runNumbers, 0, runCount);
    System.arraycopy(runFirsts, count, runFirsts, 0, runCount);
    System.arraycopy(runCounts, count, runCounts, 0, runCount);
    System.arraycopy(runMissing, count, runMissing, 0, runCount);
    System.arraycopy(runTimesNs, count, runTimesNs, 0, runCount);
    System.arraycopy(runTells, count, runTells, 0, runCount);
  }

  /** How long the last arrival took since its frame was asked for; 0 if it does not tell. */
  long roundTripNs() {
    return roundTripNs;
  }

  /** When the last frame arrived, or the pull began. */
  long lastArrivalNs() {
    return lastArrivalNs;
  }

  /** How often in a row nothing came in time. */
  int timeouts() {
    return timeouts;
  }

  /** Whether something is on its way, so that {@link #lateAt} means something. */
  boolean waits() {
    return runCount > 0;
  }

  /** When what is on its way is late, if an answer takes {@code timeoutNs} at most. */
  long lateAt(long timeoutNs) {
    long sinceNs = runTimesNs[0] - lastArrivalNs > 0 ? runTimesNs[0] : lastArrivalNs;
    return sinceNs + timeoutNs;
  }

  /** Nothing came in time: takes all that is on its way for lost, and asks for less at once. */
  void timedOut() {
    timeouts++;
    runsAllowed = 1;
    loseFirst(runCount);
    removeFirst(runCount);
  }

  private static int slot(long frame) {
    return (int) frame & (MAX_FRAMES - 1);
  }
}
