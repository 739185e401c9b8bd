package io.myrixen.netback;

import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.linux.UnixListener;
import io.myrixen.xen.linux.UnixStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives boards to native processes, those of this user that connect to a socket. Their boards stand
 * in this domain's part of the store, for who asks what there is. Confined to netback's thread.
 */
final class NativeServer implements NativeClient.BoardRecords, AutoCloseable {

  /**
   * Connections at once: far more than processes that are measured. The next one waits until one
   * ends.
   */
  static final int MOST_CLIENTS = 64;

  private static final System.Logger LOG = System.getLogger(NativeServer.class.getName());

  private final Services services;
  private final XenStore store;
  private final Waiter waiter;
  private final UnixListener listener;
  private final List<NativeClient> clients = new ArrayList<>();
  private int lastClientId;
  private boolean shuttingDown;

  NativeServer(Services services, XenStore store, Waiter waiter, Path socket) {
    this.services = services;
    this.store = store;
    this.waiter = waiter;
    this.listener = UnixListener.listen(socket);
    waiter.add(listener);
  }

  int doWork() {
    int work = shuttingDown ? 0 : accept();
    for (int i = clients.size() - 1; i >= 0; i--) {
      NativeClient client = clients.get(i);
      work += client.doWork(services.context().requestsPerCycle());
      if (client.gone()) {
        clients.remove(i);
        work++;
      }
    }
    return work;
  }

  private int accept() {
    int count = 0;
    try {
      while (clients.size() < MOST_CLIENTS) {
        UnixStream stream = listener.accept();
        if (stream == null) {
          waiter.add(listener);
          return count;
        }
        clients.add(new NativeClient(services, stream, waiter, --lastClientId, this));
        count++;
      }
    } catch (XenException e) {
      LOG.log(WARNING, "cannot take a native process on: {0}", e.getMessage());
    }
    waiter.remove(listener); // It would wake this thread for ever; looked at again in every cycle.
    return count;
  }

  void onEndpointFault(long nicId, int endpointId, String what, long value) {
    for (NativeClient client : clients) {
      if (client.serves(nicId)) {
        client.onEndpointFault(endpointId, what, value);
      }
    }
  }

  @Override
  public void add(BoardIdentity board) {
    tryStore(board, () -> store.write(NativeBoardNodes.path(board.nicId()), board.hostname()));
  }

  @Override
  public void remove(BoardIdentity board) {
    tryStore(board, () -> store.remove(NativeBoardNodes.path(board.nicId())));
  }

  /** Whoever asks sees a board less: that is no reason not to serve it. */
  private static void tryStore(BoardIdentity board, Runnable work) {
    try {
      work.run();
    } catch (XenStoreException e) {
      LOG.log(WARNING, "native board {0}: {1}", board.hostname(), e.getMessage());
    }
  }

  /** Begins to part with every process; done once {@link #idle}. */
  void shutDown() {
    if (!shuttingDown) {
      shuttingDown = true;
      close();
      clients.forEach(client -> client.hangUp(null));
    }
  }

  boolean idle() {
    return clients.stream().allMatch(NativeClient::gone);
  }

  /** Listens no more. */
  @Override
  public void close() {
    waiter.remove(listener);
    listener.close();
  }
}
