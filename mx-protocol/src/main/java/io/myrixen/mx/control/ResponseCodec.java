package io.myrixen.mx.control;

import static io.myrixen.mx.control.ResponseSlot.CODE_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.DETAIL_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.GEOMETRY_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.HOSTNAME_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.KIND_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.MAX_ENDPOINTS_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.REQUEST_ID_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.SUBJECT_OFFSET;
import static io.myrixen.mx.control.ResponseSlot.VALUE_OFFSET;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlResponse.Board;
import io.myrixen.mx.control.ControlResponse.Endpoints;
import io.myrixen.mx.control.ControlResponse.None;
import io.myrixen.mx.control.ControlResponse.Opened;
import io.myrixen.mx.control.ControlResponse.Peer;
import io.myrixen.mx.control.ControlResponse.Registered;
import io.myrixen.mx.control.ControlResponse.Result;
import java.util.BitSet;

/** Turns responses into entries and back. */
final class ResponseCodec {

  private static final int BITMAP_BYTES = ControlRing.MAX_ENDPOINTS / Byte.SIZE;

  private ResponseCodec() {}

  static Entry encode(ControlResponse response) {
    Entry entry = new Entry();
    entry.u16(KIND_OFFSET, response.kindCode());
    entry.u16(CODE_OFFSET, response.code().number());
    entry.u32(REQUEST_ID_OFFSET, response.requestId());
    entry.u32(DETAIL_OFFSET, response.detailCode());
    entry.u64(VALUE_OFFSET, response.value());
    switch (response.result()) {
      case None _ -> {}
      case Board board -> {
        entry.u64(SUBJECT_OFFSET, board.nicId());
        entry.geometry(GEOMETRY_OFFSET, board.largest());
        entry.u16(MAX_ENDPOINTS_OFFSET, board.maxEndpoints());
        entry.hostname(HOSTNAME_OFFSET, board.hostname());
      }
      case Peer(var nicId, var hostname, var nextIndex, var count) -> {
        entry.u64(SUBJECT_OFFSET, nicId);
        entry.u32(GEOMETRY_OFFSET, nextIndex);
        entry.u32(GEOMETRY_OFFSET + Integer.BYTES, count);
        entry.hostname(HOSTNAME_OFFSET, hostname);
      }
      case Endpoints(var open) -> entry.bytes(SUBJECT_OFFSET, open.toByteArray());
      case Opened(var endpointId, var session, var geometry) -> {
        entry.u32(SUBJECT_OFFSET, endpointId);
        entry.u32(SUBJECT_OFFSET + Integer.BYTES, session);
        entry.geometry(GEOMETRY_OFFSET, geometry);
      }
      case Registered(var regionId) -> entry.u32(SUBJECT_OFFSET, regionId);
    }
    return entry;
  }

  static ReceivedResponse read(Entry entry) {
    int requestId = entry.u32(REQUEST_ID_OFFSET);
    int kindCode = entry.u16(KIND_OFFSET);
    ReturnCode code = ReturnCode.of(entry.u16(CODE_OFFSET));
    if (code != ReturnCode.SUCCESS) {
      return response(entry, requestId, kindCode, code, new None());
    }
    RequestKind kind = RequestKind.of(kindCode);
    if (kind == null) {
      return new ReceivedResponse.Malformed(requestId, "kind", kindCode);
    }
    return switch (kind) {
      case BOARD_INFO, OPEN_BOARD -> board(entry, requestId, kindCode);
      case PEER_BY_NAME, PEER_BY_NIC, PEERS -> peer(entry, requestId, kindCode);
      case OPEN_ENDPOINTS -> {
        BitSet open = BitSet.valueOf(entry.bytes(SUBJECT_OFFSET, BITMAP_BYTES));
        yield response(entry, requestId, kindCode, code, new Endpoints(open));
      }
      case OPEN_ENDPOINT -> opened(entry, requestId, kindCode);
      case CLOSE_ENDPOINT, DEREGISTER_REGION ->
          response(entry, requestId, kindCode, code, new None());
      case REGISTER_REGION ->
          response(entry, requestId, kindCode, code, new Registered(entry.u32(SUBJECT_OFFSET)));
    };
  }

  private static ReceivedResponse board(Entry entry, int requestId, int kindCode) {
    int[] parts = entry.geometryParts(GEOMETRY_OFFSET);
    var impossible = GeometryLimits.impossible(parts);
    if (impossible.isPresent()) {
      return new ReceivedResponse.Malformed(
          requestId, impossible.get().part().name(), impossible.get().value());
    }
    int maxEndpoints = entry.u16(MAX_ENDPOINTS_OFFSET);
    if (maxEndpoints < 1 || maxEndpoints > ControlRing.MAX_ENDPOINTS) {
      return new ReceivedResponse.Malformed(requestId, "maxEndpoints", maxEndpoints);
    }
    String hostname = entry.hostname(HOSTNAME_OFFSET);
    if (hostname == null) {
      return new ReceivedResponse.Malformed(requestId, "hostname", ControlRing.HOSTNAME_BYTES);
    }
    Board board =
        new Board(entry.u64(SUBJECT_OFFSET), hostname, GeometryLimits.of(parts), maxEndpoints);
    return response(entry, requestId, kindCode, ReturnCode.SUCCESS, board);
  }

  private static ReceivedResponse peer(Entry entry, int requestId, int kindCode) {
    String hostname = entry.hostname(HOSTNAME_OFFSET);
    if (hostname == null) {
      return new ReceivedResponse.Malformed(requestId, "hostname", ControlRing.HOSTNAME_BYTES);
    }
    int nextIndex = entry.u32(GEOMETRY_OFFSET);
    int count = entry.u32(GEOMETRY_OFFSET + Integer.BYTES);
    Peer peer = new Peer(entry.u64(SUBJECT_OFFSET), hostname, nextIndex, count);
    return response(entry, requestId, kindCode, ReturnCode.SUCCESS, peer);
  }

  private static ReceivedResponse opened(Entry entry, int requestId, int kindCode) {
    int[] parts = entry.geometryParts(GEOMETRY_OFFSET);
    var impossible = GeometryLimits.impossible(parts);
    if (impossible.isPresent()) {
      return new ReceivedResponse.Malformed(
          requestId, impossible.get().part().name(), impossible.get().value());
    }
    Opened opened =
        new Opened(
            entry.u32(SUBJECT_OFFSET),
            entry.u32(SUBJECT_OFFSET + Integer.BYTES),
            GeometryLimits.of(parts));
    return response(entry, requestId, kindCode, ReturnCode.SUCCESS, opened);
  }

  private static ReceivedResponse response(
      Entry entry, int requestId, int kindCode, ReturnCode code, Result result) {
    return new ControlResponse(
        requestId, kindCode, code, entry.u32(DETAIL_OFFSET), entry.u64(VALUE_OFFSET), result);
  }
}
