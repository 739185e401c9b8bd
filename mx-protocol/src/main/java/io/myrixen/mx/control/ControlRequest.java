package io.myrixen.mx.control;

import io.myrixen.mx.window.WindowGeometry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A request that has been checked in itself: whether it fits the board's state is another thing.
 */
public sealed interface ControlRequest {

  /** Its number on the ring. */
  RequestKind kind();

  /** Asks who the board is and what it allows. */
  record BoardInfo() implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.BOARD_INFO;
    }
  }

  /**
   * Asks for a board of its own, as the first request of a native process, which has none until
   * then. Answered as {@link BoardInfo} is. A VM's board is its toolstack's doing.
   *
   * @param hostname name that the board is to be found by, such as {@code bench:0}
   * @param protocolVersion of this package's layout
   * @param windowVersion of the windows' layout
   */
  record OpenBoard(String hostname, int protocolVersion, int windowVersion)
      implements ControlRequest {
    /** Checks the name: 1 to 79 bytes of printable ASCII. */
    public OpenBoard {
      requireHostname(hostname);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.OPEN_BOARD;
    }
  }

  /** Looks a board up by name. */
  record PeerByName(String hostname) implements ControlRequest {
    /** Checks the name: 1 to 79 bytes of printable ASCII. */
    public PeerByName {
      requireHostname(hostname);
    }

    @Override
    public RequestKind kind() {
      return RequestKind.PEER_BY_NAME;
    }
  }

  /** Looks a board up by id. */
  record PeerByNic(long nicId) implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.PEER_BY_NIC;
    }
  }

  /** Asks for the peer at {@code startIndex}, or the next one after it. */
  record Peers(int startIndex) implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.PEERS;
    }
  }

  /** Asks which endpoints of the board are open. */
  record OpenEndpoints() implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.OPEN_ENDPOINTS;
    }
  }

  /** Opens an endpoint with a window of {@code geometry} in the pages of {@code pages}. */
  record OpenEndpoint(int endpointId, WindowGeometry geometry, PageList pages, int port)
      implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.OPEN_ENDPOINT;
    }
  }

  /** Closes the endpoint that was opened as {@code session}, with all its regions. */
  record CloseEndpoint(int endpointId, int session) implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.CLOSE_ENDPOINT;
    }
  }

  /** Registers memory for the endpoint that was opened as {@code session}. */
  record RegisterRegion(
      int endpointId, int session, int pageCount, PageList pages, boolean writable)
      implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.REGISTER_REGION;
    }
  }

  /** Gives memory back. */
  record DeregisterRegion(int endpointId, int session, int regionId) implements ControlRequest {
    @Override
    public RequestKind kind() {
      return RequestKind.DEREGISTER_REGION;
    }
  }

  /**
   * Where the runs of a window or region are: {@code runCount} of them in the pages behind {@code
   * indirectReferences}.
   */
  record PageList(int runCount, List<Integer> indirectReferences) {
    /** Checks that there are as many pages as the runs take. */
    public PageList {
      indirectReferences = List.copyOf(indirectReferences);
      if (runCount < 1
          || runCount > PageRuns.MAX_RUNS
          || indirectReferences.size() != PageRuns.indirectPages(runCount)) {
        throw new IllegalArgumentException(
            "%d runs in %d pages".formatted(runCount, indirectReferences.size()));
      }
    }
  }

  /**
   * Copies a request out of shared memory and judges the copy.
   *
   * @return the request, or the first thing wrong with it; never throws on what a peer wrote
   */
  static ReceivedRequest read(MemorySegment ring, long offset) {
    return new RequestReader(RequestSlot.copyOf(ring, offset)).read();
  }

  /** Writes the request as {@code requestId}, every other byte of the entry zero. */
  default void write(int requestId, MemorySegment ring, long offset) {
    Entry entry = new Entry();
    entry.u16(RequestSlot.KIND_OFFSET, kind().code());
    entry.u32(RequestSlot.REQUEST_ID_OFFSET, requestId);
    switch (this) {
      case BoardInfo _, OpenEndpoints _ -> {}
      case PeerByName(var hostname) -> entry.hostname(RequestSlot.SUBJECT_OFFSET, hostname);
      case OpenBoard(var hostname, var protocolVersion, var windowVersion) -> {
        entry.hostname(RequestSlot.SUBJECT_OFFSET, hostname);
        entry.u32(RequestSlot.PROTOCOL_VERSION_OFFSET, protocolVersion);
        entry.u32(RequestSlot.WINDOW_VERSION_OFFSET, windowVersion);
      }
      case PeerByNic(var nicId) -> entry.u64(RequestSlot.SUBJECT_OFFSET, nicId);
      case Peers(var startIndex) -> entry.u32(RequestSlot.SUBJECT_OFFSET, startIndex);
      case CloseEndpoint(var id, var session) -> writeEndpoint(entry, id, session);
      case OpenEndpoint(var id, var geometry, var pages, var port) -> {
        entry.u32(RequestSlot.SUBJECT_OFFSET, id);
        entry.geometry(RequestSlot.ARGUMENT_OFFSET, geometry);
        writePages(entry, pages);
        entry.u32(RequestSlot.CHANNEL_OFFSET, port);
      }
      case RegisterRegion(var id, var session, var pageCount, var pages, var writable) -> {
        writeEndpoint(entry, id, session);
        entry.u32(RequestSlot.ARGUMENT_OFFSET, pageCount);
        writePages(entry, pages);
        entry.u32(RequestSlot.CHANNEL_OFFSET, writable ? RequestSlot.FLAG_WRITABLE : 0);
      }
      case DeregisterRegion(var id, var session, var regionId) -> {
        writeEndpoint(entry, id, session);
        entry.u32(RequestSlot.ARGUMENT_OFFSET, regionId);
      }
    }
    entry.copyTo(ring, offset);
  }

  private static void requireHostname(String hostname) {
    if (hostname.isEmpty()
        || hostname.length() >= ControlRing.HOSTNAME_BYTES
        || !hostname.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "host name must be 1 to 79 printable characters: " + hostname);
    }
  }

  private static void writeEndpoint(Entry entry, int endpointId, int session) {
    entry.u32(RequestSlot.SUBJECT_OFFSET, endpointId);
    entry.u32(RequestSlot.SESSION_OFFSET, session);
  }

  private static void writePages(Entry entry, PageList pages) {
    entry.u32(RequestSlot.RUN_COUNT_OFFSET, pages.runCount());
    List<Integer> references = new ArrayList<>(pages.indirectReferences());
    for (int i = 0; i < references.size(); i++) {
      entry.u32(RequestSlot.INDIRECT_OFFSET + i * Integer.BYTES, references.get(i));
    }
  }
}
