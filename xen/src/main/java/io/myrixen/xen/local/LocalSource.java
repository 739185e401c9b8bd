package io.myrixen.xen.local;

import io.myrixen.xen.Pollable;

/** Something in this JVM that a {@link LocalWaiter} can sleep on. */
interface LocalSource extends Pollable {

  /** Whether there is something to take. Any thread. */
  boolean pending();

  /** Who sleeps on this. */
  Sleepers sleepers();
}
