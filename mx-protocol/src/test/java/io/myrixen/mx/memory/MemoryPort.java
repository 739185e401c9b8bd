package io.myrixen.mx.memory;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A port that has nothing but memory: a quota of it, answered when the test says so. */
final class MemoryPort implements EndpointPort {

  final Map<Integer, MemorySegment> regions = new HashMap<>();
  final Deque<Runnable> answers = new ArrayDeque<>();
  long quotaBytes;
  long usedBytes;
  int wakeUps;
  private int nextId = 100;

  MemoryPort(long quotaBytes) {
    this.quotaBytes = quotaBytes;
  }

  void answerAll() {
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  /** Waits by answering everything, as a simulated driver does. */
  <T> T await(Pending<T> pending) {
    answerAll();
    try {
      return pending.future().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof MxException known ? known : failed;
    }
  }

  @Override
  public Pending<Region> register(long lengthBytes) {
    Pending<Region> pending = new Pending<>();
    answers.add(() -> answer(pending, lengthBytes));
    return pending;
  }

  private void answer(Pending<Region> pending, long lengthBytes) {
    long pages = (lengthBytes + 4095) & -4096;
    if (usedBytes + pages > quotaBytes) {
      pending.fail(
          new MxException(ReturnCode.NO_RESOURCES, "quota of %d bytes".formatted(quotaBytes)));
      return;
    }
    usedBytes += pages;
    MemoryRegion region = new MemoryRegion(nextId++, pages);
    regions.put(region.id, region.memory);
    pending.complete(region);
  }

  private final class MemoryRegion implements Region {

    private final int id;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;

    MemoryRegion(int id, long lengthBytes) {
      this.id = id;
      memory = arena.allocate(lengthBytes, 4096);
    }

    @Override
    public int id() {
      return id;
    }

    @Override
    public MemorySegment memory() {
      return memory;
    }

    @Override
    public Pending<Void> deregister() {
      Pending<Void> pending = new Pending<>();
      answers.add(() -> end(pending));
      return pending;
    }

    @SuppressWarnings("NullAway") // the answer of a Pending<Void> is null
    private void end(Pending<Void> pending) {
      regions.remove(id);
      usedBytes -= memory.byteSize();
      arena.close();
      pending.complete(null);
    }
  }

  @Override
  public void wakeUp() {
    wakeUps++;
  }

  @Override
  public int endpointId() {
    return 0;
  }

  @Override
  public int sessionId() {
    return 0;
  }

  @Override
  public WindowGeometry geometry() {
    return WindowGeometry.SMALLEST;
  }

  @Override
  public MemorySegment window() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void raise() {}

  @Override
  public long raised() {
    return 0;
  }

  @Override
  public void await(long timeoutNs) {}

  @Override
  public boolean detached() {
    return false;
  }

  @Override
  public Pending<Void> close() {
    throw new UnsupportedOperationException();
  }
}
