package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What both clients share: every call is a request of the wire protocol, sent or handed over. */
abstract class RequestStore implements XenStore {

  /**
   * Tries of a transaction before giving up. Two honest writers meet a few times in a row; a
   * hundred times is somebody who rewrites without end.
   */
  static final int MAX_TRIES = 100;

  private final RequestView view = new RequestView(this::request, 0);

  /**
   * Returns the reply to a request, an ERROR too.
   *
   * @throws XenStoreException with {@code EIO} if the connection is gone
   */
  abstract XsMessage exchange(int type, int transactionId, byte[] payload);

  private XsMessage request(int type, int transactionId, byte[] payload, String subject) {
    return ClientText.success(exchange(type, transactionId, payload), subject);
  }

  @Override
  public final <T extends @Nullable Object> T transact(Function<StoreView, T> work) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      int id = startTransaction();
      RequestView inside = new RequestView(this::request, id);
      T result;
      try {
        result = work.apply(inside);
      } catch (RuntimeException | Error e) {
        boolean aborted = abort(inside, e);
        if (aborted && isConflict(e)) {
          continue;
        }
        throw e;
      }
      try {
        inside.request(XsType.TRANSACTION_END, "commit", "T");
        return result;
      } catch (XenStoreException e) {
        if (!e.error().equals(XsError.EAGAIN.name())) {
          throw e;
        }
      }
    }
    throw new XenStoreException(
        XsError.EAGAIN.name(), "transaction conflicts after " + MAX_TRIES + " tries");
  }

  /**
   * Within a transaction, xenstored of Xen 4.17 answers EIO to the removal of a node that somebody
   * else removes meanwhile. So does a connection that is gone; then the abort fails too.
   */
  private static boolean isConflict(Throwable refusal) {
    return refusal instanceof XenStoreException e && e.error().equals(XsError.EIO.name());
  }

  private int startTransaction() {
    String id =
        ClientText.strings(view.request(XsType.TRANSACTION_START, "start transaction", ""))
            .getFirst();
    try {
      return Integer.parseUnsignedInt(id);
    } catch (NumberFormatException _) {
      throw new XenStoreException(XsError.EIO.name(), "not a transaction id: " + id);
    }
  }

  /** Returns whether the store took it. */
  private static boolean abort(RequestView inside, Throwable cause) {
    try {
      inside.request(XsType.TRANSACTION_END, "abort", "F");
      return true;
    } catch (XenStoreException e) {
      cause.addSuppressed(e);
      return false;
    }
  }

  @Override
  public final void watch(String path, String token) {
    view.request(XsType.WATCH, "watch " + path + " as " + token, path, token);
  }

  @Override
  public final void unwatch(String path, String token) {
    view.request(XsType.UNWATCH, "unwatch " + path + " as " + token, path, token);
  }

  @Override
  public final String read(String path) {
    return view.read(path);
  }

  @Override
  public final @Nullable String find(String path) {
    return view.find(path);
  }

  @Override
  public final void write(String path, String value) {
    view.write(path, value);
  }

  @Override
  public final void mkdir(String path) {
    view.mkdir(path);
  }

  @Override
  public final void remove(String path) {
    view.remove(path);
  }

  @Override
  public final List<String> list(String path) {
    return view.list(path);
  }

  @Override
  public final List<StorePermission> permissions(String path) {
    return view.permissions(path);
  }

  @Override
  public final void setPermissions(String path, List<StorePermission> permissions) {
    view.setPermissions(path, permissions);
  }

  /** Returns the event that {@code message} is, or null if it is malformed. */
  static @Nullable WatchEvent eventOf(XsMessage message) {
    List<String> words = message.strings();
    return words == null || words.size() < 2 ? null : new WatchEvent(words.get(0), words.get(1));
  }
}
