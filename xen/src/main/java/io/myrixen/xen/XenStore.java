package io.myrixen.xen;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the store. Confined to one thread at a time. Requests wait for their answer;
 * watch events queue up meanwhile and are taken with {@link #pollWatch}.
 */
public interface XenStore extends StoreView, Pollable, AutoCloseable {

  /**
   * Runs {@code work} in a transaction, again if another writer got in between, and commits. Where
   * the store lives, {@code EIO} out of {@code work} is taken for such a writer.
   *
   * @throws XenStoreException with {@code EAGAIN} if it still conflicts after 100 tries; what
   *     {@code work} throws aborts
   */
  <T extends @Nullable Object> T transact(Function<StoreView, T> work);

  /**
   * Watches {@code path} and all below it, or a special name such as {@code @releaseDomain}. One
   * event comes at once.
   *
   * @param token comes back with each event; no NUL
   */
  void watch(String path, String token);

  /** Ends a watch. Events already queued may still come. */
  void unwatch(String path, String token);

  /** Returns the oldest watch event not yet taken, or null. Never blocks. */
  @Nullable WatchEvent pollWatch();

  /** Whether the connection is gone. Up to date only after {@link #pollWatch}. */
  boolean disconnected();

  /** Drops watches and open transactions. Idempotent. */
  @Override
  void close();

  /** Something changed at or below a watched path: read it again. */
  record WatchEvent(String path, String token) {}
}
