package io.myrixen.driver.service;

import io.myrixen.xen.Domain;
import java.lang.System.Logger.Level;

/** A loop of a driver domain on a daemon thread of its own. */
final class ServiceThread {

  private static final System.Logger LOG = System.getLogger(ServiceThread.class.getName());

  private final Loop loop;
  private final Thread thread;

  /** What runs until it is told to stop. */
  interface Loop extends Runnable {

    /** Makes {@link #run} end soon. Any thread. */
    void stop();
  }

  /**
   * Makes one, not yet started.
   *
   * @param domain whose end explains any failure
   * @param onFailure called on the thread itself if the loop ends with an exception
   */
  ServiceThread(String name, Loop loop, Domain domain, Runnable onFailure) {
    this.loop = loop;
    this.thread =
        Thread.ofPlatform()
            .name(name)
            .daemon(true)
            .unstarted(() -> {
              try {
                loop.run();
              } catch (RuntimeException | Error e) {
                if (!domain.hypervisorGone()) {
                  LOG.log(Level.ERROR, "thread " + name + " failed", e);
                }
                onFailure.run();
              }
            });
  }

  void start() {
    thread.start();
  }

  /** Stops the loop and waits for the thread's end, whatever interrupts: that stays set. */
  void stop() {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
