package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.XenStore.WatchEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection as the engine knows it: who it is, what it holds, what it has yet to be told. */
final class Session {

  /**
   * Bytes waiting to go out from which on no request is handled: a client that asks and does not
   * read waits for itself. Room for sixteen of the longest replies.
   */
  static final int PAUSE_QUEUED_BYTES = 64 * 1024;

  /**
   * Most that may be queued for a connection that does not read, in bytes. Past it the connection
   * ends, since an event left out could make its owner wait for ever. A reader that is merely slow
   * stays far below: equal events are queued once.
   */
  static final long MAX_QUEUED_BYTES = 1 << 20;

  private final Store store;
  private final int domid;
  private final boolean privileged;
  private final Runnable listener;
  private final Set<Watches.Watch> watches = new LinkedHashSet<>();
  private final Map<Integer, Transaction> transactions = new HashMap<>();
  private final Deque<Outgoing> outgoing = new ArrayDeque<>();
  private final Set<WatchEvent> queuedEvents = new HashSet<>();
  private long queuedBytes;
  private int lastTransactionId;
  private boolean dirty;
  private boolean closed;

  /**
   * Makes one.
   *
   * @param listener told after a request of anybody that an event was queued here, or it ended
   */
  Session(Store store, int domid, boolean privileged, Runnable listener) {
    this.store = store;
    this.domid = domid;
    this.privileged = privileged;
    this.listener = listener;
  }

  /** A message on its way out, and the event it is, if it is one. */
  private record Outgoing(XsMessage message, @Nullable WatchEvent event) {}

  int domid() {
    return domid;
  }

  boolean privileged() {
    return privileged;
  }

  /** What this connection may take; an unprivileged one shares it with all others of its domain. */
  StoreLimits limits() {
    return store.limits(privileged);
  }

  /** Has it logged, now and then, that this connection's domain went too far. */
  void complain(String what) {
    store.complaints().about(domid, what);
  }

  Set<Watches.Watch> watches() {
    return watches;
  }

  Map<Integer, Transaction> transactions() {
    return transactions;
  }

  /** Returns an id that no open transaction of this connection has; never 0. */
  int nextTransactionId() {
    do {
      lastTransactionId++;
    } while (lastTransactionId == 0 || transactions.containsKey(lastTransactionId));
    return lastTransactionId;
  }

  /** Whether this connection has all of {@code wanted} by {@code permissions}. */
  boolean may(List<StorePermission> permissions, int wanted) {
    return (rights(permissions) & wanted) == wanted;
  }

  int rights(List<StorePermission> permissions) {
    return privileged
        ? Permissions.ALL
        : Permissions.rights(permissions, domid, store.targetOf(domid));
  }

  /** Queues the reply to a request that is being handled: who handed it over looks for it. */
  void enqueueReply(XsMessage reply) {
    enqueue(new Outgoing(reply, null));
  }

  /**
   * Queues an event, unless the same one is queued already; special ones always. One that is too
   * long to be sent, which takes a token of half a message, is left out as in xenstored.
   */
  void enqueueEvent(String path, String token) {
    if (closed || path.length() + token.length() + 2 > XsMessage.MAX_PAYLOAD_BYTES) {
      return;
    }
    WatchEvent event = new WatchEvent(path, token);
    if (queuedEvents.add(event) || Paths.special(path)) {
      enqueue(new Outgoing(XsMessage.event(path, token), event));
      markDirty();
    }
  }

  private void enqueue(Outgoing next) {
    outgoing.add(next);
    queuedBytes += next.message().encodedBytes();
  }

  /** Takes the oldest message of either kind, or null. */
  @Nullable XsMessage poll() {
    Outgoing next = outgoing.poll();
    return next == null ? null : taken(next);
  }

  /** Takes the reply to the request just handled, from among the events around it. */
  XsMessage takeReply() {
    // From the end: only the first event of a new watch comes after its reply.
    Iterator<Outgoing> newestFirst = outgoing.descendingIterator();
    while (newestFirst.hasNext()) {
      Outgoing next = newestFirst.next();
      if (next.event() == null) {
        newestFirst.remove();
        return taken(next);
      }
    }
    throw new IllegalStateException("no request was handled");
  }

  private XsMessage taken(Outgoing next) {
    queuedBytes -= next.message().encodedBytes();
    if (next.event() != null) {
      queuedEvents.remove(next.event());
    }
    return next.message();
  }

  boolean queueEmpty() {
    return outgoing.isEmpty();
  }

  /**
   * Whether so much waits to be read by the client that its next request has to wait too: as many
   * messages as its quota says, or {@link #PAUSE_QUEUED_BYTES}.
   */
  boolean behind() {
    return outgoing.size() >= limits().outstanding() || queuedBytes >= PAUSE_QUEUED_BYTES;
  }

  boolean overflowed() {
    return !closed && queuedBytes > MAX_QUEUED_BYTES;
  }

  private void markDirty() {
    if (!dirty) {
      dirty = true;
      store.dirty(this);
    }
  }

  void tellListener() {
    dirty = false;
    listener.run();
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
    markDirty();
  }
}
