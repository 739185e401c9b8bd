package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The engine of a XenStore, as xenstored 4.17 behaves: nodes, permissions, watches, transactions
 * and quotas. Single-threaded: whoever owns it serialises every call to it and to everything opened
 * on it, the {@link ControlHandler} included. It does no input or output; see {@link
 * StoreConnection} and {@link LocalXenStore}.
 */
public final class Store {

  private static final Logger LOG = System.getLogger(Store.class.getName());

  private final StoreLimits limits;
  private final ControlHandler control;
  private final Complaints complaints;
  private final Watches watches = new Watches();
  private final Tree tree = new Tree(watches);
  private final Domains domains = new Domains();
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

  /**
   * Makes a fresh store: {@code /tool/xenstored}, domain 0, and nothing else.
   *
   * @param limits what an unprivileged domain may take
   */
  public Store(StoreLimits limits, ControlHandler control) {
    this(limits, control, line -> LOG.log(Level.WARNING, line));
  }

  /** As the other one, with a log of its own. */
  Store(StoreLimits limits, ControlHandler control, Consumer<String> log) {
    this.limits = limits;
    this.control = control;
    this.complaints = new Complaints(log);
    this.requests = new Requests(this, tree, watches);
  }

  /**
   * Lets {@code domid} in, which lives from now on until {@link #release}, and tells those who
   * watch {@code @introduceDomain}. Does nothing if it is in already.
   */
  public void introduce(int domid) {
    domains.begin(domid);
    introduceAgain(domid);
  }

  /** Lets a living domain in; says so if it was not. Refuses with ENOENT one that does not live. */
  void introduceAgain(int domid) {
    if (!domains.living(domid)) {
      throw XsError.ENOENT.refusal();
    }
    step(() -> {
      if (domains.introduce(domid)) {
        watches.fireSpecial(Watches.INTRODUCE_DOMAIN);
      }
    });
  }

  /**
   * Ends {@code domid}: its connections are closed, the nodes it owns deleted with all below them,
   * watches told, and {@code @releaseDomain} fired unless the toolstack released it before. Does
   * nothing if it does not live.
   */
  public void release(int domid) {
    if (domid == Domains.DOM0) {
      throw new IllegalArgumentException("domain 0 has the store to itself and cannot end");
    }
    if (!domains.living(domid)) {
      return;
    }
    boolean known = domains.introduced(domid);
    domains.end(domid);
    step(() -> removeAllOf(domid, known));
    complaints.forget(domid);
  }

  /**
   * Shuts a living domain out, by the toolstack's RELEASE, as if it had ended: it may be introduced
   * again. Refuses with EINVAL domain 0, with ENOENT one that is not in.
   */
  void withdraw(int domid) {
    if (domid == Domains.DOM0) {
      throw XsError.EINVAL.refusal();
    }
    if (!domains.withdraw(domid)) {
      throw XsError.ENOENT.refusal();
    }
    step(() -> removeAllOf(domid, true));
  }

  private void removeAllOf(int domid, boolean known) {
    for (Session session : List.copyOf(sessions)) {
      if (session.domid() == domid) {
        end(session);
      }
    }
    for (String path : tree.owned(domid)) {
      Node node = tree.node(path);
      if (node != null && !path.equals(Paths.ROOT)) {
        NodeRequests.removeSubtree(tree, path, node);
      }
    }
    tree.forget(domid);
    if (known) {
      watches.fireSpecial(Watches.RELEASE_DOMAIN);
    }
  }

  /** Gives {@code domid} the rights of {@code target} beside its own: both are in, or ENOENT. */
  void target(int domid, int target) {
    if (!introduced(domid) || !introduced(target)) {
      throw XsError.ENOENT.refusal();
    }
    domains.target(domid, target);
  }

  /** The domain whose rights {@code domid} has beside its own; itself if there is none. */
  int targetOf(int domid) {
    return domains.target(domid);
  }

  /** Whether {@code domid} was let in, and has neither ended nor been released. */
  public boolean introduced(int domid) {
    return domains.introduced(domid);
  }

  StoreLimits limits(boolean privileged) {
    return privileged ? StoreLimits.TOOLSTACK : limits;
  }

  Complaints complaints() {
    return complaints;
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
    Session session = new Session(this, domid, privileged, listener);
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
    if (!domains.living(Permissions.owner(permissions))) {
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

  /** Remembers to tell {@code session} that something was queued there, when all is in order. */
  void dirty(Session session) {
    dirtySessions.add(session);
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
        session.complain("does not read what it is sent: the connection is closed");
        end(session);
      }
    }
  }
}
