package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;

/**
 * Descriptors that one thread sleeps on, level triggered: those with something to read, or whose
 * other side has gone, end the sleep. Sleeping allocates nothing. Confined to that thread.
 */
public final class PollSet {

  private static final MethodHandle PPOLL =
      Native.link("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

  /** {@code struct pollfd}: the descriptor, the events asked for, the events seen. */
  private static final int ENTRY_BYTES = 8;

  private static final int EVENTS_OFFSET = 4;
  private static final int SEEN_OFFSET = 6;
  private static final short POLLIN = 1;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int INITIAL_CAPACITY = 8;

  private final ArrayList<Descriptor> descriptors = new ArrayList<>();
  private final MemorySegment timeout = Arena.ofAuto().allocate(2 * Long.BYTES, Long.BYTES);
  private MemorySegment entries = allocate(INITIAL_CAPACITY);

  private static MemorySegment allocate(int capacity) {
    return Arena.ofAuto().allocate((long) capacity * ENTRY_BYTES, ENTRY_BYTES);
  }

  /** Adds a descriptor, which keeps its number until removed even if it is closed meanwhile. */
  public void add(Descriptor descriptor) {
    if (descriptors.contains(descriptor) || !descriptor.hold()) {
      return;
    }
    int index = descriptors.size();
    if ((long) index * ENTRY_BYTES == entries.byteSize()) {
      MemorySegment larger = allocate(2 * index);
      larger.copyFrom(entries);
      entries = larger;
    }
    descriptors.add(descriptor);
    set(index, descriptor);
  }

  /** Removes a descriptor, if it is there. */
  public void remove(Descriptor descriptor) {
    int index = descriptors.indexOf(descriptor);
    if (index < 0) {
      return;
    }
    Descriptor last = descriptors.removeLast();
    if (index < descriptors.size()) {
      descriptors.set(index, last);
      set(index, last);
    }
    descriptor.letGo();
  }

  private void set(int index, Descriptor descriptor) {
    long at = (long) index * ENTRY_BYTES;
    entries.set(JAVA_INT, at, descriptor.number());
    entries.set(JAVA_SHORT, at + EVENTS_OFFSET, POLLIN);
  }

  /**
   * Sleeps until a descriptor is ready, a signal comes, or time has passed.
   *
   * @param timeoutNs nanoseconds, not negative; 0 only looks
   * @return whether a descriptor is ready
   */
  public boolean poll(long timeoutNs) {
    timeout.set(JAVA_LONG, 0, timeoutNs / NANOS_PER_SECOND);
    timeout.set(JAVA_LONG, Long.BYTES, timeoutNs % NANOS_PER_SECOND);
    try {
      int ready =
          (int)
              PPOLL.invokeExact(
                  Native.callState(),
                  entries,
                  (long) descriptors.size(),
                  timeout,
                  MemorySegment.NULL);
      return ready > 0;
    } catch (Throwable e) {
      throw Native.unexpected(e);
    }
  }

  /** Whether the descriptor that was added first, and never removed, was among those ready. */
  public boolean firstIsReady() {
    return entries.get(JAVA_SHORT, SEEN_OFFSET) != 0;
  }

  /** Removes all. */
  public void clear() {
    for (Descriptor descriptor : descriptors) {
      descriptor.letGo();
    }
    descriptors.clear();
  }
}
