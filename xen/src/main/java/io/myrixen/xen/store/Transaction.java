package io.myrixen.xen.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection's view of the tree with its own changes on top. As in xenstored each node is taken
 * over when it is first looked at, and a commit asks that none of those has changed since: no
 * snapshot is made at the start.
 */
final class Transaction implements NodeSpace {

  private static final long MISSING = -1;

  private final Tree tree;
  private final Session session;
  private final Map<String, Access> accesses = new HashMap<>();
  private final Map<String, Change> changes = new LinkedHashMap<>();
  private int ownedDelta;
  private boolean failed;

  Transaction(Tree tree, Session session) {
    this.tree = tree;
    this.session = session;
  }

  /** One node that was looked at: which one it was, and what this transaction has made of it. */
  private static final class Access {
    private final long generationSeen;
    private @Nullable Node node;
    private boolean modified;

    Access(@Nullable Node node) {
      this.generationSeen = node == null ? MISSING : node.generation();
      this.node = node;
    }
  }

  @Override
  public @Nullable Node node(String path) {
    return access(path).node;
  }

  @Override
  public void put(String path, Node node) {
    replace(path, node.withGeneration(tree.nextGeneration()));
  }

  @Override
  public void delete(String path) {
    replace(path, null);
  }

  @Override
  public int ownedNodes(int domid) {
    return tree.ownedNodes(domid) + ownedDelta;
  }

  @Override
  public void changed(Change change) {
    changes.put(change.path(), change);
  }

  /** Makes the changes real and tells watches of them. */
  void commit() {
    if (failed) {
      throw XsError.ENOMEM.refusal();
    }
    for (Map.Entry<String, Access> entry : accesses.entrySet()) {
      Node now = tree.node(entry.getKey());
      if (entry.getValue().generationSeen != (now == null ? MISSING : now.generation())) {
        throw XsError.EAGAIN.refusal();
      }
    }
    if (ownedDelta > 0) {
      Quota.NODES.require(session, ownedNodes(session.domid()));
    }
    accesses.forEach((path, access) -> {
      if (access.modified && access.node != null) {
        tree.put(path, access.node);
      } else if (access.modified) {
        tree.delete(path);
      }
    });
    changes.values().forEach(tree::changed);
  }

  private Access access(String path) {
    Access access = accesses.get(path);
    if (access == null) {
      // The request may have changed a part of what it should: that must never be committed.
      failed |= accesses.size() >= session.limits().transactionNodes();
      Quota.TRANSACTION_NODES.require(session, accesses.size() + 1L);
      access = new Access(tree.node(path));
      accesses.put(path, access);
    }
    return access;
  }

  private void replace(String path, @Nullable Node next) {
    Access access = access(path);
    ownedDelta += owned(next) - owned(access.node);
    access.node = next;
    access.modified = true;
  }

  private int owned(@Nullable Node node) {
    return node != null && node.owner() == session.domid() ? 1 : 0;
  }
}
