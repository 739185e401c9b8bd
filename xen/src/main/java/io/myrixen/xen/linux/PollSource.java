package io.myrixen.xen.linux;

import io.myrixen.xen.Pollable;

/** Something of this process that a {@link PollWaiter} can sleep on. */
public interface PollSource extends Pollable {

  /** Readable when something is pending. */
  Descriptor descriptor();

  /** Whether something is pending that the descriptor does not show. */
  boolean pendingUnseen();
}
