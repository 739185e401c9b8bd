package io.myrixen.xen.host;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.UnixStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One connection to the hypervisor's domain socket, with one request under way at a time. Any
 * thread may call; they wait for each other.
 */
final class HypervisorLink implements AutoCloseable {

  private static final int FIRST_BUFFER_BYTES = 4096;

  private final Path socket;
  private final UnixStream stream;
  private MemorySegment memory = Arena.ofAuto().allocate(FIRST_BUFFER_BYTES, Long.BYTES);
  private int lastSequence;
  private volatile boolean gone;

  private HypervisorLink(Path socket, UnixStream stream) {
    this.socket = socket;
    this.stream = stream;
  }

  /**
   * Connects.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none is there, saying how to start one
   */
  static HypervisorLink connect(Path socket) {
    return new HypervisorLink(socket, Hypervisors.connect(socket));
  }

  /** A reply: its body, valid until the next call, and the descriptors, which are the caller's. */
  record Reply(ByteBuffer body, List<Descriptor> descriptors) {

    /** Takes the one descriptor that this kind of reply has. */
    Descriptor descriptor() {
      return descriptors.getFirst();
    }

    void closeDescriptors() {
      descriptors.forEach(Descriptor::close);
    }
  }

  /** What becomes of a reply while nobody else can call. */
  @FunctionalInterface
  interface Use<T> {
    T of(Reply reply);
  }

  /**
   * Sends a request and hands its reply to {@code use}, which closes or keeps the descriptors.
   *
   * @param descriptorCount how many descriptors this kind of reply has at least
   * @throws XenException as the hypervisor refuses, {@code NO_HYPERVISOR} if it is gone
   */
  synchronized <T> T call(DomainRequest request, int descriptorCount, Use<T> use) {
    if (gone) {
      throw lost("the connection to it has ended");
    }
    int sequence = ++lastSequence;
    send(request, sequence);
    Reply reply = receive(request.kind(), sequence);
    if (reply.descriptors().size() < descriptorCount) {
      reply.closeDescriptors();
      throw broken("a reply without its descriptors");
    }
    return use.of(reply);
  }

  /** Sends a request whose reply says nothing. */
  void tell(DomainRequest request) {
    call(request, 0, reply -> reply.descriptors().isEmpty());
  }

  private void send(DomainRequest request, int sequence) {
    reserve(request instanceof DomainRequest.MapList ? DomainFrame.MAX_REQUEST_BYTES : 0);
    ByteBuffer frame = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    frame.position(DomainFrame.HEADER_BYTES);
    request.writeBody(frame);
    int length = frame.position();
    frame.putInt(DomainFrame.LENGTH_OFFSET, length);
    frame.putShort(DomainFrame.KIND_OFFSET, (short) request.kind());
    frame.putShort(DomainFrame.STATUS_OFFSET, (short) 0);
    frame.putInt(DomainFrame.SEQUENCE_OFFSET, sequence);
    frame.putInt(DomainFrame.DESCRIPTORS_OFFSET, 0);
    try {
      stream.send(memory.asSlice(0, length));
    } catch (XenException e) {
      gone = true;
      throw lost(String.valueOf(e.getMessage()));
    }
  }

  private Reply receive(int kind, int sequence) {
    readFully(0, DomainFrame.HEADER_BYTES);
    ByteBuffer header = memory.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt(DomainFrame.LENGTH_OFFSET);
    int status = Short.toUnsignedInt(header.getShort(DomainFrame.STATUS_OFFSET));
    int descriptorCount = Short.toUnsignedInt(header.getShort(DomainFrame.DESCRIPTORS_OFFSET));
    if (length < DomainFrame.HEADER_BYTES
        || length > DomainFrame.MAX_REPLY_BYTES
        || header.getInt(DomainFrame.SEQUENCE_OFFSET) != sequence
        || Short.toUnsignedInt(header.getShort(DomainFrame.KIND_OFFSET)) != kind) {
      throw broken("not the reply to the request");
    }
    int bodyBytes = length - DomainFrame.HEADER_BYTES;
    reserve(bodyBytes);
    readFully(0, bodyBytes);
    ByteBuffer body = memory.asSlice(0, bodyBytes).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (status != 0) {
      throw new XenException(Reason.of(status), StandardCharsets.UTF_8.decode(body).toString());
    }
    return new Reply(body, receiveDescriptors(descriptorCount));
  }

  /** Reads the bytes that carry the descriptors, behind the body, which stays. */
  private List<Descriptor> receiveDescriptors(int descriptorCount) {
    var descriptors = new ArrayList<Descriptor>(descriptorCount);
    if (descriptorCount > 0) {
      MemorySegment carriers = Arena.ofAuto().allocate(descriptorCount);
      readInto(carriers);
    }
    for (int i = 0; i < descriptorCount; i++) {
      Descriptor descriptor = stream.takeDescriptor();
      if (descriptor == null) {
        descriptors.forEach(Descriptor::close);
        throw broken("a descriptor is missing");
      }
      descriptors.add(descriptor);
    }
    return descriptors;
  }

  private void reserve(int bytes) {
    if (memory.byteSize() < bytes) {
      memory = Arena.ofAuto().allocate(Math.max(bytes, 2 * memory.byteSize()), Long.BYTES);
    }
  }

  private void readFully(int offset, int length) {
    readInto(memory.asSlice(offset, length));
  }

  private void readInto(MemorySegment into) {
    long read = 0;
    while (read < into.byteSize()) {
      int count;
      try {
        count = stream.receive(into.asSlice(read), true);
      } catch (XenException e) {
        close();
        throw e;
      }
      if (count <= 0) {
        gone = true;
        throw lost("it has closed the connection");
      }
      read += count;
    }
  }

  private XenException broken(String what) {
    close();
    return new XenException(Reason.SYSTEM, "the hypervisor at " + socket + " sent " + what);
  }

  private XenException lost(String why) {
    return new XenException(
        Reason.NO_HYPERVISOR,
        "the hypervisor at " + socket + " is gone, or has ended this domain: " + why);
  }

  /** Looks whether the hypervisor has hung up. Waits while a request is under way. */
  synchronized boolean gone() {
    if (!gone && stream.receive(memory.asSlice(0, 1), false) != UnixStream.NOTHING) {
      gone = true; // The end, or a byte that nobody asked for.
    }
    return gone;
  }

  /**
   * Makes this the store's connection: the stream belongs to the caller from now on, and this is of
   * no use any more.
   */
  synchronized UnixStream becomeStore() {
    gone = true;
    return stream;
  }

  /** Hangs up, also while another thread waits for a reply. Idempotent. */
  @Override
  public void close() {
    gone = true;
    stream.close();
  }
}
