package io.myrixen.xen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits in a system call which is to write into some memory. */
final class HeldRead implements AutoCloseable {

  private final Pipe pipe;
  private final Thread reader;

  HeldRead(MemorySegment memory) throws IOException {
    pipe = Pipe.open();
    reader = new Thread(() -> read(memory.asByteBuffer()));
    reader.start();
  }

  private void read(ByteBuffer into) {
    try {
      pipe.source().read(into);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the thread is in the call. */
  void awaitUse() {
    while (!inSystemCall()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean inSystemCall() {
    StackTraceElement[] stack = reader.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  @Override
  public void close() throws IOException {
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    while (reader.isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    pipe.source().close();
    pipe.sink().close();
  }
}
