package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The engine of a XenStore, as xenstored 4.17 behaves: nodes, permissions, watches, transactions
 * and quotas. Single-threaded: whoever owns it serialises every call to it and to everything opened
 * on it, the {@link ControlHandler} included. It does no input or output; see {@link
 * StoreConnection} and {@link LocalXenStore}.
 */
public final class Store {

  private static final int DOM0 = 0;

  private final ControlHandler control;
  private final Watches watches = new Watches();
  private final Tree tree = new Tree(watches);
  private final NodeRequests nodes;
  private final Set<Integer> domains = new HashSet<>(Set.of(DOM0));
  private final Set<Session> sessions = new HashSet<>();
  private final Deque<Session> dirtySessions = new ArrayDeque<>();
  private final Requests requests;
  private int depth;
  private long operations;

  /** Makes a fresh store that knows no CONTROL command. */
  public Store() {
    this(
        StoreLimits.DEFAULT,
        (command, _) -> {
          throw new XenStoreException("EINVAL", "unknown command " + command);
        });
  }

  /** Makes a fresh store: {@code /tool/xenstored}, domain 0, and nothing else. */
  public Store(StoreLimits limits, ControlHandler control) {
    this.control = control;
    this.nodes = new NodeRequests(limits);
    this.requests = new Requests(this, tree, nodes, watches, limits);
  }

  /** Lets {@code domid} in and fires {@code @introduceDomain}. Does nothing if it is in already. */
  public void introduce(int domid) {
    step(() -> {
      if (domains.add(domid)) {
        watches.fireSpecial(Watches.INTRODUCE_DOMAIN);
      }
    });
  }

  /**
   * Ends {@code domid}: its connections are closed, the nodes it owns deleted with all below them,
   * watches told, and {@code @releaseDomain} fired. Does nothing if it is not in.
   */
  public void release(int domid) {
    if (domid == DOM0) {
      throw new IllegalArgumentException("domain 0 has the store to itself and cannot end");
    }
    step(() -> {
      if (!domains.remove(domid)) {
        return;
      }
      for (Session session : List.copyOf(sessions)) {
        if (session.domid() == domid) {
          end(session);
        }
      }
      for (String path : tree.owned(domid)) {
        Node node = tree.node(path);
        if (node != null && !path.equals(Paths.ROOT)) {
          nodes.removeSubtree(tree, path, node);
        }
      }
      tree.forget(domid);
      watches.fireSpecial(Watches.RELEASE_DOMAIN);
    });
  }

  /** Whether {@code domid} was let in and has not ended. */
  public boolean introduced(int domid) {
    return domains.contains(domid);
  }

  /**
   * Requests handled since the store was made, of all connections, refused ones included and
   * CONTROL excluded. A plain field: read it where the store may be called.
   */
  public long operations() {
    return operations;
  }

  /** Open connections, of either kind. */
  public int sessions() {
    return sessions.size();
  }

  /** Opens a connection of {@code domid}. */
  Session open(int domid, boolean privileged, Runnable listener) {
    if (!introduced(domid)) {
      throw new XenException(XenException.Reason.NO_DOMAIN, "the store knows no domain " + domid);
    }
    Session session = new Session(domid, privileged, listener, dirtySessions);
    sessions.add(session);
    return session;
  }

  /** Drops what {@code session} holds. Idempotent. */
  void close(Session session) {
    step(() -> end(session));
  }

  /** Handles one request: its reply is queued on {@code session}, behind the events it caused. */
  void handle(Session session, XsMessage request) {
    if (request.type() != XsType.CONTROL) {
      operations++;
    }
    step(() -> {
      try {
        requests.handle(session, request);
      } catch (StoreRefusal refusal) {
        session.enqueueReply(request.error(refusal.error()));
      }
    });
  }

  /** Runs a CONTROL command. */
  byte[] control(List<String> words) {
    try {
      String text = control.handle(words.getFirst(), words.subList(1, words.size()));
      return XsMessage.payloadOf(text);
    } catch (XenStoreException e) {
      throw XsError.of(e.error()).refusal();
    }
  }

  /** Refuses permissions whose owner is no domain, or was one. */
  void checkOwner(List<StorePermission> permissions) {
    if (!introduced(Permissions.owner(permissions))) {
      throw XsError.ENOENT.refusal();
    }
  }

  void dropWatchesAndTransactions(Session session) {
    for (Watches.Watch watch : new ArrayList<>(session.watches())) {
      watches.remove(watch);
    }
    session.watches().clear();
    session.transactions().clear();
  }

  /** How many transactions {@code domid} has open, over all its connections. */
  int openTransactions(int domid) {
    int count = 0;
    for (Session session : sessions) {
      if (session.domid() == domid) {
        count += session.transactions().size();
      }
    }
    return count;
  }

  int nodeCount() {
    return tree.size();
  }

  int watchCount(int domid) {
    return watches.count(domid);
  }

  private void end(Session session) {
    if (sessions.remove(session)) {
      dropWatchesAndTransactions(session);
      session.close();
    }
  }

  /**
   * Makes one change and then tells everybody for whom something was queued, when the tree is in
   * order again. A CONTROL command may come here again from within: the outermost step tells.
   */
  private void step(Runnable change) {
    depth++;
    try {
      change.run();
    } finally {
      depth--;
    }
    while (depth == 0 && !dirtySessions.isEmpty()) {
      Session session = dirtySessions.remove();
      session.tellListener();
      if (session.overflowed()) {
        end(session);
      }
    }
  }
}
