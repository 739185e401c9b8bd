package io.myrixen.mx.control;

import io.myrixen.mx.control.ControlRequest.PageList;
import io.myrixen.mx.control.ReceivedRequest.Malformed;
import io.myrixen.mx.control.ReceivedRequest.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges the private copy of one request. */
final class RequestReader {

  private final RequestSlot slot;
  private final Entry entry;

  RequestReader(RequestSlot slot) {
    this.slot = slot;
    this.entry = slot.entry();
  }

  ReceivedRequest read() {
    RequestKind kind = RequestKind.of(slot.kind());
    if (kind == null) {
      return malformed(Detail.KIND, slot.kind());
    }
    return switch (kind) {
      case BOARD_INFO -> valid(new ControlRequest.BoardInfo());
      case OPEN_BOARD -> byHostname(this::openBoard);
      case PEER_BY_NAME -> byHostname(ControlRequest.PeerByName::new);
      case PEER_BY_NIC -> peerByNic();
      case PEERS -> peers();
      case OPEN_ENDPOINTS -> valid(new ControlRequest.OpenEndpoints());
      case OPEN_ENDPOINT -> openEndpoint();
      case CLOSE_ENDPOINT -> {
        Malformed wrong = wrongEndpoint();
        yield wrong != null ? wrong : valid(new ControlRequest.CloseEndpoint(subject(), session()));
      }
      case REGISTER_REGION -> registerRegion();
      case DEREGISTER_REGION -> {
        Malformed wrong = wrongEndpoint();
        int regionId = entry.u32(RequestSlot.ARGUMENT_OFFSET);
        yield wrong != null
            ? wrong
            : valid(new ControlRequest.DeregisterRegion(subject(), session(), regionId));
      }
    };
  }

  private ControlRequest openBoard(String hostname) {
    return new ControlRequest.OpenBoard(
        hostname,
        entry.u32(RequestSlot.PROTOCOL_VERSION_OFFSET),
        entry.u32(RequestSlot.WINDOW_VERSION_OFFSET));
  }

  private ReceivedRequest byHostname(Function<String, ControlRequest> request) {
    String hostname = entry.hostname(RequestSlot.SUBJECT_OFFSET);
    if (hostname == null) {
      return malformed(Detail.HOSTNAME, ControlRing.HOSTNAME_BYTES);
    }
    return hostname.isEmpty() ? malformed(Detail.HOSTNAME, 0) : valid(request.apply(hostname));
  }

  private ReceivedRequest peerByNic() {
    long nicId = entry.u64(RequestSlot.SUBJECT_OFFSET);
    return nicId >>> 48 != 0
        ? malformed(Detail.NIC_ID, nicId)
        : valid(new ControlRequest.PeerByNic(nicId));
  }

  private ReceivedRequest peers() {
    return subject() < 0
        ? malformed(Detail.START_INDEX, Integer.toUnsignedLong(subject()))
        : valid(new ControlRequest.Peers(subject()));
  }

  private ReceivedRequest openEndpoint() {
    Malformed wrong = wrongEndpoint();
    if (wrong == null) {
      wrong = wrongRuns();
    }
    if (wrong != null) {
      return wrong;
    }
    int[] parts = entry.geometryParts(RequestSlot.ARGUMENT_OFFSET);
    var impossible = GeometryLimits.impossible(parts);
    if (impossible.isPresent()) {
      return malformed(impossible.get().part(), impossible.get().value());
    }
    int port = entry.u32(RequestSlot.CHANNEL_OFFSET);
    return valid(
        new ControlRequest.OpenEndpoint(subject(), GeometryLimits.of(parts), pages(), port));
  }

  private ReceivedRequest registerRegion() {
    Malformed wrong = wrongEndpoint();
    if (wrong == null) {
      wrong = wrongRuns();
    }
    if (wrong != null) {
      return wrong;
    }
    int pageCount = entry.u32(RequestSlot.ARGUMENT_OFFSET);
    if (pageCount < 1 || pageCount > ControlRing.MAX_PAGES) {
      return malformed(Detail.PAGE_COUNT, Integer.toUnsignedLong(pageCount));
    }
    int flags = entry.u32(RequestSlot.CHANNEL_OFFSET);
    if ((flags & ~RequestSlot.FLAG_WRITABLE) != 0) {
      return malformed(Detail.FLAGS, Integer.toUnsignedLong(flags));
    }
    return valid(
        new ControlRequest.RegisterRegion(subject(), session(), pageCount, pages(), flags != 0));
  }

  private @Nullable Malformed wrongEndpoint() {
    return Integer.compareUnsigned(subject(), ControlRing.MAX_ENDPOINTS) < 0
        ? null
        : malformed(Detail.ENDPOINT_ID, Integer.toUnsignedLong(subject()));
  }

  private @Nullable Malformed wrongRuns() {
    int runCount = entry.u32(RequestSlot.RUN_COUNT_OFFSET);
    return runCount < 1 || runCount > PageRuns.MAX_RUNS
        ? malformed(Detail.RUN_COUNT, Integer.toUnsignedLong(runCount))
        : null;
  }

  private PageList pages() {
    int runCount = entry.u32(RequestSlot.RUN_COUNT_OFFSET);
    List<Integer> references = new ArrayList<>();
    for (int i = 0; i < PageRuns.indirectPages(runCount); i++) {
      references.add(entry.u32(RequestSlot.INDIRECT_OFFSET + i * Integer.BYTES));
    }
    return new PageList(runCount, references);
  }

  private int session() {
    return entry.u32(RequestSlot.SESSION_OFFSET);
  }

  private int subject() {
    return entry.u32(RequestSlot.SUBJECT_OFFSET);
  }

  private Valid valid(ControlRequest request) {
    return new Valid(slot.requestId(), request);
  }

  private Malformed malformed(Detail detail, long value) {
    return new Malformed(slot.requestId(), slot.kind(), detail, value);
  }
}
