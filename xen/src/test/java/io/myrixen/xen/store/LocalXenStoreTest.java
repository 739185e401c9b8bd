package io.myrixen.xen.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalXenStoreTest extends OwnStoreContractTest {

  private int told;

  @Override
  XenStore open(int domid) {
    return new LocalXenStore(store, this, domid, domid == 0, () -> {});
  }

  @Test
  void shouldTellItsListenerWhenAnEventIsQueuedAndWhenItEnds() {
    LocalXenStore listening = new LocalXenStore(store, this, GUEST, false, () -> told++);
    listening.watch("data", "t");
    drain(listening);
    told = 0;
    listening.mkdir("other");
    assertEquals(0, told, "a reply is no event");
    assertFalse(listening.eventQueued());

    open(0).write("/local/domain/3/data", "1");
    assertEquals(1, told);
    assertTrue(listening.eventQueued());
    drain(listening);

    store.release(GUEST);
    assertEquals(2, told);
    assertTrue(listening.eventQueued());
  }

  @Test
  void shouldQueueAnEventOnceWhileItIsNotTaken() {
    XenStore guest = open(GUEST);
    guest.watch("data", "t");
    drain(guest);

    for (int i = 0; i < 20; i++) {
      guest.write("data", "1");
    }

    assertEquals(List.of(new XenStore.WatchEvent("data", "t")), drain(guest));
  }
}
