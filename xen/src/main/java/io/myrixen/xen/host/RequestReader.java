package io.myrixen.xen.host;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.host.DomainRequest.AllocatePort;
import io.myrixen.xen.host.DomainRequest.BindPort;
import io.myrixen.xen.host.DomainRequest.ClosePort;
import io.myrixen.xen.host.DomainRequest.EndAccess;
import io.myrixen.xen.host.DomainRequest.Grant;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Leave;
import io.myrixen.xen.host.DomainRequest.Malformed;
import io.myrixen.xen.host.DomainRequest.MapList;
import io.myrixen.xen.host.DomainRequest.Offer;
import io.myrixen.xen.host.DomainRequest.Purpose;
import io.myrixen.xen.host.DomainRequest.Unmap;
import java.nio.ByteBuffer;

/** Reads one request's body: its length first, then each field once. */
final class RequestReader {

  static final int READ_ONLY_CODE = 0;
  static final int READ_WRITE_CODE = 1;

  private static final int FIELD_BYTES = Integer.BYTES;

  private final int kind;
  private final ByteBuffer body;

  RequestReader(int kind, ByteBuffer body) {
    this.kind = kind;
    this.body = body;
  }

  DomainRequest read() {
    int length = body.remaining();
    int expected =
        switch (kind) {
          case Hello.KIND -> 3 * FIELD_BYTES + DomainFrame.TOKEN_BYTES;
          case Grant.KIND -> 3 * FIELD_BYTES;
          case BindPort.KIND -> 2 * FIELD_BYTES;
          case Offer.KIND, EndAccess.KIND, Unmap.KIND, AllocatePort.KIND, ClosePort.KIND ->
              FIELD_BYTES;
          case MapList.KIND -> Math.max(length, DomainRequest.MAP_FIXED_BYTES);
          case Leave.KIND -> 0;
          default -> -1;
        };
    if (expected < 0) {
      return malformed("kind", kind);
    }
    if (length != expected) {
      return malformed("length of the body", length);
    }
    return switch (kind) {
      case Hello.KIND -> hello();
      case Grant.KIND -> grant();
      case Offer.KIND -> new Offer(body.getInt());
      case EndAccess.KIND -> new EndAccess(body.getInt());
      case MapList.KIND -> map();
      case Unmap.KIND -> new Unmap(body.getInt());
      case AllocatePort.KIND -> new AllocatePort(body.getInt());
      case BindPort.KIND -> new BindPort(body.getInt(), body.getInt());
      case ClosePort.KIND -> new ClosePort(body.getInt());
      default -> new Leave();
    };
  }

  private DomainRequest hello() {
    int version = body.getInt();
    int purpose = body.getInt();
    int domid = body.getInt();
    Token token = Token.read(body);
    for (Purpose known : Purpose.values()) {
      if (known.code() == purpose) {
        return new Hello(version, known, domid, token);
      }
    }
    return malformed("purpose", purpose);
  }

  private DomainRequest grant() {
    int grantee = body.getInt();
    int pageCount = body.getInt();
    int access = body.getInt();
    if (!isAccess(access)) {
      return malformed("access", access);
    }
    return new Grant(grantee, pageCount, accessOf(access));
  }

  private DomainRequest map() {
    int owner = body.getInt();
    int access = body.getInt();
    int runCount = body.getInt();
    if (!isAccess(access)) {
      return malformed("access", access);
    }
    if (runCount < 0 || runCount > DomainFrame.MAX_RUNS) {
      return malformed("number of runs", runCount);
    }
    if (body.remaining() != runCount * DomainFrame.RUN_BYTES) {
      return malformed("length of the runs", body.remaining());
    }
    long pageCount = 0;
    ByteBuffer counting = body.duplicate().order(body.order());
    for (int i = 0; i < runCount; i++) {
      counting.getInt();
      int count = counting.getInt();
      if (count < 1) {
        return malformed("length of a run", count);
      }
      pageCount += count;
    }
    if (pageCount > DomainRequest.MAX_MAP_PAGES) {
      return malformed("pages to map", pageCount);
    }
    var references = new int[(int) pageCount];
    int index = 0;
    for (int i = 0; i < runCount; i++) {
      int first = body.getInt();
      int count = body.getInt();
      for (int k = 0; k < count; k++) {
        references[index++] = first + k;
      }
    }
    return new MapList(owner, accessOf(access), new ReferenceList(references));
  }

  private static boolean isAccess(int code) {
    return code == READ_ONLY_CODE || code == READ_WRITE_CODE;
  }

  private static Access accessOf(int code) {
    return code == READ_WRITE_CODE ? Access.READ_WRITE : Access.READ_ONLY;
  }

  private Malformed malformed(String field, long value) {
    return new Malformed(kind, field, value);
  }
}
