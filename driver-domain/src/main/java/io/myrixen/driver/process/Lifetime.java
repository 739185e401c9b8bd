package io.myrixen.driver.process;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * What a command has open, given back in reverse order when it ends: by itself, or by SIGTERM or
 * Ctrl-C. Any thread.
 */
public final class Lifetime implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Lifetime.class.getName());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean signalled;

  private Lifetime(boolean service) {
    this.hook = new Thread(() -> onSignal(service), "end");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Of a command that does something and ends: a signal ends it before its time. */
  public static Lifetime ofCommand() {
    return new Lifetime(false);
  }

  /** Of a command that runs until a signal comes: that is its regular end, with exit code 0. */
  public static Lifetime ofService() {
    return new Lifetime(true);
  }

  private void onSignal(boolean service) {
    signalled = true;
    closeAll();
    ended.countDown();
    if (service) {
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  /** Gives {@code resource} back at the end. Returns it. */
  public <T extends AutoCloseable> T keep(T resource) {
    synchronized (open) {
      open.push(resource);
    }
    return resource;
  }

  /** Whether a signal has come: what fails now fails because of that. */
  public boolean signalled() {
    return signalled;
  }

  /** Waits for the end. */
  public void awaitEnd() throws InterruptedException {
    ended.await();
  }

  /** Ends a service as a signal would, from any thread, without waiting. */
  public void end() {
    ended.countDown();
  }

  private void closeAll() {
    // One at a time and under the lock: when this returns, all is closed, whoever did it.
    synchronized (open) {
      while (!open.isEmpty()) {
        AutoCloseable resource = open.pop();
        try {
          resource.close();
        } catch (Exception e) {
          LOG.log(Level.WARNING, "cannot give back " + resource, e);
        }
      }
    }
  }

  /**
   * Gives everything back. Idempotent. Does not return once a signal has come: the JVM is ending,
   * and what its caller has found since says what the signal did and nothing else.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      awaitDeath();
    }
    closeAll();
    ended.countDown();
  }

  /** The hook ends by itself, and the JVM with it. */
  private static void awaitDeath() {
    while (true) {
      LockSupport.park();
    }
  }
}
