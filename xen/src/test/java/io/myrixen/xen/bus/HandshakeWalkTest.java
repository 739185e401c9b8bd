package io.myrixen.xen.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenStore;
import io.myrixen.xen.store.LocalXenStore;
import io.myrixen.xen.store.Store;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Two model drivers on a real store, stepped in any order while the world around them changes. */
class HandshakeWalkTest {

  private static final int GUEST = 1000;
  private static final int STEPS = 2_000;

  /** More than any handshake takes from any state: close, prepare, connect, and both look. */
  private static final int STEPS_TO_SETTLE = 20;

  private final Store store = new Store();
  private final XenStore dom0 = new LocalXenStore(store, this, 0, true, () -> {});
  private final DeviceTree tree = new DeviceTree(dom0);
  private DeviceNodes device = new DeviceNodes(GUEST, 1, 0);
  private Backend backend = new Backend(1);
  private Frontend frontend = new Frontend();
  private int lastRing;

  private XenStore open(int domid) {
    store.introduce(domid);
    DomainNodes.create(dom0, domid, "domain-" + domid);
    return new LocalXenStore(store, this, domid, false, () -> {});
  }

  /** Maps a ring by its number; 0 is none. */
  private final class Backend {
    private final int domid;
    private final XenStore view;
    private int mapped;

    Backend(int domid) {
      this.domid = domid;
      this.view = open(domid);
    }

    void step() {
      DeviceEnd end = DeviceEnd.backend(device.servedBy(domid));
      switch (BackendHandshake.next(end.state(view), end.peerState(view), end.online(view))) {
        case NOTHING -> {}
        case PREPARE, RESTART -> {
          mapped = 0;
          end.writeState(view, XenbusState.INIT_WAIT);
        }
        case CONNECT -> {
          mapped = Nodes.number(end.findPeer(view, "ring"));
          end.writeState(view, XenbusState.CONNECTED);
        }
        case CLOSE -> {
          mapped = 0;
          end.writeState(view, XenbusState.CLOSED);
        }
        case REMOVE -> {
          mapped = 0;
          end.writeState(view, XenbusState.CLOSED);
          end.remove(view);
        }
        case ABANDON -> mapped = 0;
      }
    }
  }

  /** Grants a ring with a new number for each connection; 0 is none. */
  private final class Frontend {
    private final XenStore view = open(GUEST);
    private int granted;
    private int backendDomid = -1;

    void step() {
      DeviceNodes nodes = DeviceNodes.findFrontend(view, GUEST, 0);
      if (nodes == null) {
        granted = 0;
        return;
      }
      DeviceEnd end = DeviceEnd.frontend(nodes);
      boolean same = backendDomid < 0 || backendDomid == nodes.backendDomid();
      switch (FrontendHandshake.next(end.state(view), end.peerState(view), same)) {
        case NOTHING -> {}
        case CONNECT -> {
          granted = ++lastRing;
          backendDomid = nodes.backendDomid();
          Map<String, String> keys = Map.of("ring", Integer.toString(granted));
          assertTrue(end.publish(view, keys, XenbusState.CONNECTED));
        }
        case RESET -> {
          release();
          backendDomid = -1;
          end.writeState(view, XenbusState.INITIALISING);
        }
        case STOP -> end.writeState(view, XenbusState.CLOSED);
        case FINISH -> {
          release();
          end.writeState(view, XenbusState.CLOSED);
        }
        case ABANDON -> release();
      }
    }

    private void release() {
      assertFalse(granted != 0 && backend.mapped == granted, "released what is mapped");
      granted = 0;
    }

    void write(XenbusState expected, XenbusState next) {
      DeviceNodes nodes = DeviceNodes.findFrontend(view, GUEST, 0);
      if (nodes != null && DeviceEnd.frontend(nodes).state(view) == expected) {
        DeviceEnd.frontend(nodes).writeState(view, next);
      }
    }
  }

  @BeforeEach
  void makeDevice() {
    tree.create(device, Map.of(), Map.of());
  }

  private void replaceBackend() {
    store.release(backend.domid);
    tree.removeDomain(backend.domid);
    backend = new Backend(backend.domid + 1);
    DeviceNodes next = tree.rebind(device, backend.domid);
    device = next == null ? device.servedBy(backend.domid) : next;
  }

  /** Another process of the same domain begins where one was killed, which had mapped something. */
  private void restartBackend() {
    DeviceEnd end = DeviceEnd.backend(device.servedBy(backend.domid));
    backend.mapped = 0;
    if (end.online(backend.view)) {
      end.writeState(backend.view, XenbusState.INITIALISING);
    }
  }

  private void unplugOrPlug() {
    if (tree.devices().isEmpty()) {
      tree.create(device, Map.of(), Map.of());
    } else if (!tree.requestUnplug(device)
        || DeviceEnd.backend(device).state(dom0) == XenbusState.CLOSED) {
      tree.remove(device);
    }
  }

  @RepeatedTest(50)
  void shouldComeTogetherAgainWhateverHappened(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    int connected = 0;
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(40)) {
        case 0 -> frontend.write(XenbusState.CONNECTED, XenbusState.CLOSING);
        case 1, 2 -> frontend.write(XenbusState.CLOSED, XenbusState.INITIALISING);
        case 3 -> replaceBackend();
        case 4, 5 -> unplugOrPlug();
        case 6 -> restartBackend();
        default -> {
          if (random.nextBoolean()) {
            frontend.step();
          } else {
            backend.step();
          }
        }
      }
      connected += backend.mapped != 0 && backend.mapped == frontend.granted ? 1 : 0;
    }
    assertTrue(connected > STEPS / 50, "connected in " + connected + " steps");

    settle();
    for (int tries = 0; tries < 3 && !tree.devices().isEmpty(); tries++) {
      unplugOrPlug();
      settle();
    }
    assertEquals(List.of(), tree.devices(), "an unplug ends by itself");
    assertEquals(0, frontend.granted);
    assertEquals(0, backend.mapped);
    tree.create(device, Map.of(), Map.of());
    settle();
    assertEquals(XenbusState.CONNECTED, DeviceEnd.frontend(device).state(dom0));
    assertEquals(XenbusState.CONNECTED, DeviceEnd.backend(device).state(dom0));
    assertEquals(lastRing, backend.mapped);
    assertEquals(lastRing, frontend.granted);
  }

  private void settle() {
    for (int i = 0; i < STEPS_TO_SETTLE; i++) {
      frontend.step();
      backend.step();
    }
  }
}
