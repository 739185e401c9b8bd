package io.myrixen.xen.store;

import org.jspecify.annotations.Nullable;

/** The nodes as a request sees them: the live tree, or a transaction's view of it. */
interface NodeSpace {

  @Nullable Node node(String path);

  /** Sets {@code path}, which gets a new generation. Its parent names it already, or will. */
  void put(String path, Node node);

  /** Takes {@code path} away. Its parent does not name it any more, or will not. */
  void delete(String path);

  /** How many nodes {@code domid} owns; in a transaction the domain of its own connection only. */
  int ownedNodes(int domid);

  /** Tells watches of a change that was made: at once, or when a transaction commits. */
  void changed(Change change);
}
