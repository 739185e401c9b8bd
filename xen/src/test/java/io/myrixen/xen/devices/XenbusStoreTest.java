package io.myrixen.xen.devices;

import io.myrixen.xen.XenStore;
import io.myrixen.xen.store.XenStoreContractTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;

/** The contract of a store's client, by the kernel and Xen's own store. Takes domain 0's rights. */
@EnabledIf("inDomain0")
final class XenbusStoreTest extends XenStoreContractTest {

  private final XenStore cleaner = new XenbusStore();
  private final List<String> before = cleaner.list("/");

  static boolean inDomain0() {
    return Toolstack.here();
  }

  @Override
  protected XenStore openToolstack() {
    return new XenbusStore();
  }

  @AfterEach
  void removeWhatWasMade() {
    for (String name : cleaner.list("/")) {
      if (!before.contains(name)) {
        cleaner.remove("/" + name);
      }
    }
    cleaner.close();
  }
}
