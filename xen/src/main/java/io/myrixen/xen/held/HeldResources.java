package io.myrixen.xen.held;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that one domain holds open, until each is closed or the domain ends. Any thread. */
public final class HeldResources {

  /** Guarded by itself. */
  private final Set<Resource> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private boolean ended;

  /** Something of a domain that is open. */
  public interface Resource {

    /** Gives it up on this side; the hypervisor knows already, or is told by the caller. */
    void release();
  }

  /** Remembers {@code resource}. Returns false, and does not, if the domain has ended. */
  public boolean keep(Resource resource) {
    synchronized (open) {
      return !ended && open.add(resource);
    }
  }

  /** Returns whether {@code resource} was open and is the caller's to release now. */
  public boolean forget(Resource resource) {
    synchronized (open) {
      return open.remove(resource);
    }
  }

  /**
   * Releases everything, and keeps nothing from now on.
   *
   * @throws IllegalStateException if memory is in use by a system call of this process and stays
   *     mapped therefore; everything else is released all the same
   */
  public void releaseAll() {
    List<Resource> all;
    synchronized (open) {
      ended = true;
      all = List.copyOf(open);
      open.clear();
    }
    @Nullable IllegalStateException first = null;
    for (Resource resource : all) {
      try {
        resource.release();
      } catch (IllegalStateException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
