package io.myrixen.xen.host;

import io.myrixen.xen.GrantTable.Access;
import java.nio.ByteBuffer;

/**
 * A request on the domain socket. {@link #read} is the only way from bytes to one: an instance is
 * well-formed, which does not make it permitted. Fields of a body follow each other, 32 bits each.
 */
public sealed interface DomainRequest {

  /** Length of MAP's body in front of its runs, in bytes: owner, access, number of runs. */
  int MAP_FIXED_BYTES = 3 * Integer.BYTES;

  /**
   * Most pages in one MAP: the two GiB that one domain may grant by default. It bounds the work
   * that one small request can cause.
   */
  int MAX_MAP_PAGES = 1 << 19;

  /** The value on the wire. Never reuse or renumber one. */
  int kind();

  /** Writes the body. */
  void writeBody(ByteBuffer body);

  /** Who is there, and what the connection is for; the first request on each. */
  record Hello(int version, Purpose purpose, int domid, Token token) implements DomainRequest {
    static final int KIND = 1;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(version).putInt(purpose.code()).putInt(domid);
      token.write(body);
    }
  }

  /** What a connection is for. */
  enum Purpose {
    /** Requests of this protocol. The domain lives as long as this connection. */
    CONTROL(1),
    /** The xenstored protocol, with the domain's identity, from the reply on. */
    STORE(2);

    private final int code;

    Purpose(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  /** Allocate pages and grant them. Reply: the first reference, and a descriptor of the pages. */
  record Grant(int grantee, int pageCount, Access access) implements DomainRequest {
    static final int KIND = 2;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(grantee).putInt(pageCount).putInt(codeOf(access));
    }
  }

  /** The owner has mapped its read-only grant: nobody else may write, the grantee may map. */
  record Offer(int firstReference) implements DomainRequest {
    static final int KIND = 3;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(firstReference);
    }
  }

  /** End access to what was granted from that reference on. */
  record EndAccess(int firstReference) implements DomainRequest {
    static final int KIND = 4;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(firstReference);
    }
  }

  /**
   * Map a list of references. Reply: the mapping's id, the number of runs of pages, each as number
   * of the file, first page and count; and a descriptor of each file.
   */
  record MapList(int owner, Access access, ReferenceList references) implements DomainRequest {
    static final int KIND = 5;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(owner).putInt(codeOf(access));
      references.write(body);
    }
  }

  /** Unmap a list. */
  record Unmap(int mappingId) implements DomainRequest {
    static final int KIND = 6;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(mappingId);
    }
  }

  /** Allocate a port for a domain to bind. Reply: the port, and a descriptor of this end. */
  record AllocatePort(int remoteDomid) implements DomainRequest {
    static final int KIND = 7;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(remoteDomid);
    }
  }

  /** Bind a port that a domain allocated for this one. Reply as that of AllocatePort. */
  record BindPort(int remoteDomid, int remotePort) implements DomainRequest {
    static final int KIND = 8;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(remoteDomid).putInt(remotePort);
    }
  }

  /** Close a port. */
  record ClosePort(int port) implements DomainRequest {
    static final int KIND = 9;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {
      body.putInt(port);
    }
  }

  /**
   * End this domain. The reply comes when all that it held is released; then the connection ends.
   */
  record Leave() implements DomainRequest {
    static final int KIND = 10;

    @Override
    public int kind() {
      return KIND;
    }

    @Override
    public void writeBody(ByteBuffer body) {}
  }

  /** A body that breaks the protocol: the first thing that is wrong with it. Never sent. */
  record Malformed(int kind, String field, long value) implements DomainRequest {

    @Override
    public void writeBody(ByteBuffer body) {
      throw new UnsupportedOperationException("malformed requests are read, not written");
    }
  }

  private static int codeOf(Access access) {
    return switch (access) {
      case READ_ONLY -> RequestReader.READ_ONLY_CODE;
      case READ_WRITE -> RequestReader.READ_WRITE_CODE;
    };
  }

  /**
   * Reads the body of a request of {@code kind} and judges it.
   *
   * @param body little-endian, all of it the body
   * @return the request, or {@link Malformed}; never throws on what a client sent
   */
  static DomainRequest read(int kind, ByteBuffer body) {
    return new RequestReader(kind, body).read();
  }
}
