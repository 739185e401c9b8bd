package io.myrixen.xen.host;

import io.myrixen.xen.Pollable;
import io.myrixen.xen.linux.Descriptor;

/** Something of this process that a {@link HostWaiter} can sleep on. */
interface HostSource extends Pollable {

  /** Readable when something is pending. */
  Descriptor descriptor();

  /** Whether something is pending that the descriptor does not show. */
  boolean pendingUnseen();
}
