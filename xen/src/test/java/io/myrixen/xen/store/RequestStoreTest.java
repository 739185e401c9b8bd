package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.myrixen.xen.XenStoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a client makes of a transaction within which xenstored answers EIO to a removal. */
class RequestStoreTest {

  /** A store that fails in the first removals, and says what it was asked. */
  private static final class FailingStore extends RequestStore {

    final List<Integer> asked = new ArrayList<>();
    private final XsError error;
    private int failures;
    boolean gone;

    FailingStore(XsError error, int failures) {
      this.error = error;
      this.failures = failures;
    }

    @Override
    XsMessage exchange(int type, int transactionId, byte[] payload) {
      asked.add(type);
      XsMessage request = new XsMessage(type, 1, transactionId, payload);
      if (type == XsType.TRANSACTION_START) {
        return request.reply(XsMessage.payloadOf("7"));
      }
      if (type == XsType.RM && failures > 0) {
        failures--;
        return request.error(error);
      }
      if (gone && type == XsType.TRANSACTION_END) {
        throw new XenStoreException(XsError.EIO.name(), "the connection is gone");
      }
      return request.ok();
    }

    @Override
    public @Nullable WatchEvent pollWatch() {
      return null;
    }

    @Override
    public boolean disconnected() {
      return gone;
    }

    @Override
    public void close() {
      gone = true;
    }
  }

  private static XenStoreException removeIn(FailingStore store) {
    return assertThrows(XenStoreException.class, () -> remove(store));
  }

  private static void remove(FailingStore store) {
    store.<@Nullable Void>transact(view -> {
      view.remove("/a");
      return null;
    });
  }

  @Test
  void shouldTryAgainWhenARemovalFailsWhileTheStoreAnswers() {
    FailingStore store = new FailingStore(XsError.EIO, 1);

    remove(store);

    assertEquals(
        List.of(
            XsType.TRANSACTION_START,
            XsType.RM,
            XsType.TRANSACTION_END,
            XsType.TRANSACTION_START,
            XsType.RM,
            XsType.TRANSACTION_END),
        store.asked);
  }

  @Test
  void shouldGiveUpWhenItAlwaysFails() {
    FailingStore store = new FailingStore(XsError.EIO, Integer.MAX_VALUE);

    assertEquals("EAGAIN", removeIn(store).error());
    assertEquals(3 * RequestStore.MAX_TRIES, store.asked.size());
  }

  @Test
  void shouldNotTryAgainWhenTheConnectionIsGoneOrTheErrorIsAnother() {
    FailingStore gone = new FailingStore(XsError.EIO, 1);
    gone.close();
    FailingStore refusing = new FailingStore(XsError.EACCES, 1);

    assertEquals("EIO", removeIn(gone).error());
    assertEquals(1, gone.asked.stream().filter(type -> type == XsType.RM).count());
    assertEquals("EACCES", removeIn(refusing).error());
    assertEquals(1, refusing.asked.stream().filter(type -> type == XsType.RM).count());
  }
}
