package io.myrixen.mx.memory;

/** Where in the NIC's view some memory lies: reused, confined to its owner's thread. */
public final class RegionLocation {

  /** The region's id, as RDMA windows name it. */
  public int regionId;

  /** Offset in the region, in bytes. */
  public long offsetBytes;

  /** Makes one that says nothing yet. */
  public RegionLocation() {}
}
