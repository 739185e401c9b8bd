package io.myrixen.mx.memory;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.EndpointPort;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An endpoint's allocator of memory that the NIC knows: registered once, and moved from and to
 * without a copy in between. Small requests share slabs; large ones have a region each. May be used
 * by any thread; a lock is held only to look things up, never while the driver is asked.
 */
public final class RegisteredMemory {

  /**
   * 1 MiB: from here on, the request to the driver costs little beside what the memory is used for.
   */
  static final long OWN_REGION_BYTES = 1L << 20;

  /** 4 MiB: a quota of any use allows it, and few slabs make {@link #find} fast. */
  static final long SLAB_BYTES = 4L << 20;

  private record Allocation(Slab slab, long offset, long length, boolean own) {}

  private final EndpointPort port;
  private final Awaiter awaiter;

  /** By address; the first {@link #slabCount}. */
  private Slab[] slabs = new Slab[4];

  private int slabCount;
  private final Map<Long, Allocation> allocations = new HashMap<>();

  /**
   * Makes an allocator without memory.
   *
   * @param awaiter how to wait for the driver; called without any lock of this class
   */
  public RegisteredMemory(EndpointPort port, Awaiter awaiter) {
    this.port = port;
    this.awaiter = awaiter;
  }

  /**
   * Allocates zeroed memory, aligned to 64 bytes.
   *
   * @param bytes at least 0
   * @throws MxException {@code NO_RESOURCES} naming the quota or limit, {@code TIMEOUT} if the
   *     driver does not answer, {@code BAD_SEG_MEM} for a negative length
   */
  public MemorySegment allocate(long bytes) {
    if (bytes < 0) {
      throw new MxException(ReturnCode.BAD_SEG_MEM, "cannot allocate %d bytes".formatted(bytes));
    }
    if (bytes >= OWN_REGION_BYTES) {
      Slab slab = register(bytes);
      synchronized (this) {
        insert(slab);
        return record(slab, 0, bytes, true);
      }
    }
    synchronized (this) {
      for (int i = 0; i < slabCount; i++) {
        // A region of its own has been taken whole, so that nothing of it is free.
        long offset = slabs[i].take(Slab.rounded(bytes));
        if (offset >= 0) {
          return record(slabs[i], offset, bytes, false);
        }
      }
    }
    Slab slab = registerSlab(Slab.rounded(bytes));
    synchronized (this) {
      insert(slab);
      return record(slab, slab.take(Slab.rounded(bytes)), bytes, false);
    }
  }

  /**
   * Frees what {@link #allocate} returned. Memory that a request still uses must not be freed.
   *
   * @throws MxException {@code BAD_SEG_MEM} if it is not such a segment, or was freed already
   */
  public void free(MemorySegment segment) {
    Slab unused;
    synchronized (this) {
      Allocation allocation = segment.isNative() ? allocations.get(segment.address()) : null;
      if (allocation == null || allocation.length != segment.byteSize()) {
        throw new MxException(
            ReturnCode.BAD_SEG_MEM,
            "not allocated here, or freed already: address 0x%x, %d bytes"
                .formatted(segment.address(), segment.byteSize()));
      }
      allocations.remove(segment.address());
      if (!allocation.own) {
        allocation.slab.give(allocation.offset, Slab.rounded(allocation.length));
        if (!allocation.slab.unused() || !anotherUnused(allocation.slab)) {
          return;
        }
      }
      unused = allocation.slab;
      remove(unused);
    }
    awaiter.await(unused.region.deregister());
  }

  /**
   * Says where {@code segment} lies, if all of it lies in one region. Allocates nothing.
   *
   * @return whether it does; only then {@code into} has been set
   */
  public synchronized boolean find(MemorySegment segment, RegionLocation into) {
    if (!segment.isNative()) {
      return false;
    }
    long address = segment.address();
    int index = indexAfter(address) - 1;
    if (index < 0) {
      return false;
    }
    Slab slab = slabs[index];
    long offset = address - slab.address;
    if (offset > slab.lengthBytes || segment.byteSize() > slab.lengthBytes - offset) {
      return false;
    }
    into.regionId = slab.region.id();
    into.offsetBytes = offset;
    return true;
  }

  /** Bytes that are registered, whether allocated or not. */
  public synchronized long registeredBytes() {
    long bytes = 0;
    for (int i = 0; i < slabCount; i++) {
      bytes += slabs[i].lengthBytes;
    }
    return bytes;
  }

  /** How many regions there are. */
  public synchronized int regionCount() {
    return slabCount;
  }

  private Slab register(long bytes) {
    return new Slab(awaiter.await(port.register(bytes)));
  }

  /** Registers a slab that has room for {@code rounded} bytes, smaller if there is no room. */
  private Slab registerSlab(long rounded) {
    long bytes = SLAB_BYTES;
    while (true) {
      try {
        return register(bytes);
      } catch (MxException refused) {
        if (refused.code() != ReturnCode.NO_RESOURCES || bytes / 2 < rounded) {
          throw refused;
        }
        bytes /= 2;
      }
    }
  }

  private MemorySegment record(Slab slab, long offset, long bytes, boolean own) {
    if (own) {
      slab.takeWhole();
    }
    MemorySegment segment = slab.region.memory().asSlice(offset, bytes);
    if (!own) {
      segment.fill((byte) 0);
    }
    allocations.put(segment.address(), new Allocation(slab, offset, bytes, own));
    return segment;
  }

  private boolean anotherUnused(Slab except) {
    for (int i = 0; i < slabCount; i++) {
      if (slabs[i] != except && slabs[i].unused()) {
        return true;
      }
    }
    return false;
  }

  /** Returns how many slabs begin at or below {@code address}. */
  private int indexAfter(long address) {
    int low = 0;
    int high = slabCount;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (slabs[middle].address <= address) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void insert(Slab slab) {
    if (slabCount == slabs.length) {
      slabs = Arrays.copyOf(slabs, 2 * slabCount);
    }
    int at = indexAfter(slab.address);
    System.arraycopy(slabs, at, slabs, at + 1, slabCount - at);
    slabs[at] = slab;
    slabCount++;
  }

  private void remove(Slab slab) {
    int at = indexAfter(slab.address) - 1;
    slabCount--;
    System.arraycopy(slabs, at + 1, slabs, at, slabCount - at);
  }
}
