package io.myrixen.netback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.mx.control.PageRuns;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.Domain;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.GrantedPages;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceEnd;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.XenbusState;
import io.myrixen.xen.ring.FrontRing;
import io.myrixen.xen.ring.RingLife;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A VM's end of a device, driven by a test, step by step and as wrongly as it likes. */
final class HandFrontend {

  static final WindowGeometry GEOMETRY = WindowGeometry.SMALLEST;
  static final int WINDOW_PAGES = new WindowLayout(GEOMETRY).pageCount();

  final Domain domain;
  final int backendDomid;
  final XenStore store;
  final DeviceEnd end;
  final GrantedPages ringPage;
  final FrontRing ring;
  final EventChannel channel;
  final RingLife life;
  final Map<String, String> keys = new HashMap<>();
  private int lastRequestId;

  HandFrontend(Domain domain, DeviceNodes nodes) {
    this.domain = domain;
    this.backendDomid = nodes.backendDomid();
    this.store = domain.openStore();
    this.end = DeviceEnd.frontend(nodes);
    this.ringPage = domain.grants().grant(backendDomid, 1, Access.READ_WRITE);
    this.ring = FrontRing.init(ringPage.memory(), ControlRing.ENTRY_BYTES);
    this.channel = domain.eventChannels().allocate(backendDomid);
    this.life = RingLife.ofFront(ringPage, channel);
    keys.put(HandshakeKeys.RING_REF, Integer.toString(ringPage.reference(0)));
    keys.put(HandshakeKeys.EVENT_CHANNEL, Integer.toString(channel.port()));
    keys.put(HandshakeKeys.PROTOCOL_VERSION, "1");
    keys.put(HandshakeKeys.WINDOW_VERSION, Integer.toString(WindowLayout.VERSION));
  }

  void writeConnected() {
    end.publish(store, keys, XenbusState.CONNECTED);
  }

  XenbusState backendState() {
    return end.peerState(store);
  }

  String backendError() {
    return String.valueOf(end.findPeer(store, HandshakeKeys.ERROR));
  }

  /** Sends a request and returns its id. */
  int send(ControlRequest request) {
    int requestId = ++lastRequestId;
    request.write(requestId, ring.memory(), ring.claim());
    push();
    return requestId;
  }

  void push() {
    if (ring.push()) {
      channel.raise();
    }
  }

  /** Returns the next answer. */
  ControlResponse answer() {
    long offset = ring.poll();
    assertEquals(true, offset >= 0, "an answer");
    return assertInstanceOf(ControlResponse.class, ControlResponse.read(ring.memory(), offset));
  }

  /** Grants pages and names them as one who keeps to the rules does. */
  Offered offer(int pageCount) {
    return offer(pageCount, Access.READ_WRITE);
  }

  Offered offer(int pageCount, Access access) {
    GrantedPages pages = domain.grants().grant(backendDomid, pageCount, access);
    int runCount = PageRuns.count(pages::reference, pageCount);
    GrantedPages indirect =
        domain.grants().grant(backendDomid, PageRuns.indirectPages(runCount), Access.READ_ONLY);
    PageRuns.write(indirect.memory(), pages::reference, pageCount);
    List<Integer> references = new ArrayList<>();
    for (int i = 0; i < indirect.pageCount(); i++) {
      references.add(indirect.reference(i));
    }
    return new Offered(pages, indirect, new PageList(runCount, references));
  }

  record Offered(GrantedPages pages, GrantedPages indirect, PageList list) {}

  /** Returns a request that is to be granted. */
  ControlRequest.OpenEndpoint open(int endpointId) {
    Offered window = offer(WINDOW_PAGES);
    new ControlLines(window.pages().memory()).initialise();
    int port = domain.eventChannels().allocate(backendDomid).port();
    return new ControlRequest.OpenEndpoint(endpointId, GEOMETRY, window.list(), port);
  }
}
