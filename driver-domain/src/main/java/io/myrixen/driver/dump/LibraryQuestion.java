package io.myrixen.driver.dump;

import io.myrixen.driver.dump.Answer.Told;
import io.myrixen.driver.dump.Answer.Untold;
import io.myrixen.mx.control.DumpKeys;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceNodes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Asks the library of a VM about an endpoint, by the nodes that {@link DumpKeys} describes. */
final class LibraryQuestion {

  /** Longer than a VM looks for a moment in which its library can be looked at. */
  static final Duration LIMIT = Duration.ofSeconds(3);

  /** A VM that has nothing else to do answers in a few milliseconds. */
  private static final long LOOK_MS = 5;

  private final XenStore store;
  private final String path;
  private final Duration limit;

  /**
   * Asks through {@code store}, as dom0, the VM that uses {@code device}.
   *
   * @param limit how long the VM may take, usually {@link #LIMIT}
   */
  LibraryQuestion(XenStore store, DeviceNodes device, Duration limit) {
    this.store = store;
    this.path = device.frontend() + "/";
    this.limit = limit;
  }

  /** Asks, waits for the answer, and removes the nodes. */
  Answer ask(int endpointId) throws InterruptedException {
    String id = Integer.toString(ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));
    String request = id + " " + endpointId;
    if (!begin(request)) {
      return new Untold("the device is gone");
    }
    try {
      long endNs = System.nanoTime() + limit.toNanos();
      while (System.nanoTime() - endNs < 0) {
        String head = store.find(path + DumpKeys.ANSWER);
        if (head != null) {
          return read(id, head);
        }
        if (!request.equals(store.find(path + DumpKeys.REQUEST))) {
          return new Untold("somebody else asks, or the device is gone");
        }
        Thread.sleep(LOOK_MS);
      }
      return new Untold("the VM does not answer: its process is stopped, or speaks no such thing");
    } finally {
      end(request);
    }
  }

  /** Returns false if there is no such device: nothing of it is brought back. */
  private boolean begin(String request) {
    return store.<Boolean>transact(view -> {
      if (view.find(path + "state") == null) {
        return false;
      }
      if (view.find(path + DumpKeys.DIRECTORY) != null) {
        view.remove(path + DumpKeys.DIRECTORY);
      }
      view.write(path + DumpKeys.REQUEST, request);
      return true;
    });
  }

  private void end(String request) {
    try {
      store.<Boolean>transact(view -> {
        if (request.equals(view.find(path + DumpKeys.REQUEST))) {
          view.remove(path + DumpKeys.DIRECTORY);
        }
        return true;
      });
    } catch (XenStoreException e) {
      if (!e.error().equals("ENOENT")) {
        throw e;
      }
    }
  }

  /** Everything from here on is what the VM wrote. */
  private Answer read(String id, String head) {
    String[] words = head.split(" ", 3);
    if (words.length != 2 || !words[0].equals(id) || !words[1].matches("-?[0-9]{1,2}")) {
      return new Untold("the VM's answer makes no sense");
    }
    int parts = Integer.parseInt(words[1]);
    if (parts == DumpKeys.BUSY) {
      return new Untold("the VM's library is busy: its thread is inside and never pauses");
    }
    if (parts == 0) {
      return new Untold("the VM says that the endpoint is not open");
    }
    if (parts < 0) {
      return new Untold("the VM's answer makes no sense");
    }
    var text = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      boolean allowed = i < DumpKeys.MOST_PARTS;
      @Nullable String part = allowed ? store.find(path + DumpKeys.PART_PREFIX + i) : null;
      if (part == null) {
        return new Untold("the VM's answer lacks a part");
      }
      text.append(part);
    }
    List<DumpLine> lines = DumpLine.parse(text.toString());
    return lines == null ? new Untold("the VM's answer makes no sense") : new Told(lines);
  }
}
