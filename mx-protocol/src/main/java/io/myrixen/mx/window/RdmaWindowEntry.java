package io.myrixen.mx.window;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * One entry of the table of RDMA windows: what of a registered region is open to pulls, from it or
 * into it, under a one-byte id and generation that travel with RNDV and PULL. Opening one is a
 * store to shared memory, no request: the region was registered before.
 *
 * <pre>
 *    0  u8 state   1 u8 generation   2 u16 zero          VM -&gt; NIC, stored last
 *    4  u32 region id                                    VM -&gt; NIC
 *    8  u64 offset in the region, in bytes               VM -&gt; NIC
 *   16  u32 length of the message, in bytes              VM -&gt; NIC
 *   20  u32 ring bytes, a power of two; 0: not sliding   VM -&gt; NIC
 *   24  u40 watermark, in bytes of the message           VM -&gt; NIC
 *   29  u24 epoch of the seek that it answers            VM -&gt; NIC
 *   64  u64 progress, in bytes of the message            NIC -&gt; VM
 *   72  u32 wanted, 1: a pull waits for the ring         NIC -&gt; VM
 *   76  u32 epoch of the last seek, 24 bits; 0: none     NIC -&gt; VM
 *   80  u64 where to go on, in bytes of the message      NIC -&gt; VM
 * </pre>
 *
 * <p>A <em>fixed</em> window shows the whole message. A <em>sliding</em> one shows a ring of {@code
 * ringBytes} through which the message passes: byte {@code b} lies at {@code offset + b %
 * ringBytes}. Of a source the NIC may read below the watermark, into a sink it may write below the
 * watermark; the VM never lets the watermark run more than a ring ahead of the progress that the
 * NIC publishes. An <em>announced</em> one has no memory yet: it gets its ring when it is pulled,
 * so that messages nobody receives hold none.
 *
 * <p>A pull over a wire may ask again for bytes that have left the ring: the NIC then
 * <em>seeks</em> a sliding source, which fills the ring from there and answers by the epoch beside
 * its watermark. Between the two the NIC reads nothing, and the progress is where it seeks to.
 */
public final class RdmaWindowEntry {

  /** Length of an entry, in bytes: one pair of lines for each writer's half. */
  public static final int LENGTH = 128;

  /** Pulls are refused. */
  public static final int CLOSED = 0;

  /** Pulls may read. */
  public static final int SOURCE = 1;

  /** Pulls of this endpoint may write. */
  public static final int SINK = 2;

  /** Pulls may begin, and then wait until the window is a {@link #SOURCE}: a staged one. */
  public static final int ANNOUNCED = 3;

  static final int HEADER_OFFSET = 0;
  static final int REGION_ID_OFFSET = HEADER_OFFSET + Integer.BYTES;
  static final int REGION_OFFSET_OFFSET = REGION_ID_OFFSET + Integer.BYTES;
  static final int MESSAGE_LENGTH_OFFSET = REGION_OFFSET_OFFSET + Long.BYTES;
  static final int RING_BYTES_OFFSET = MESSAGE_LENGTH_OFFSET + Integer.BYTES;
  static final int WATERMARK_OFFSET = RING_BYTES_OFFSET + Integer.BYTES;
  static final int PROGRESS_OFFSET = 64;
  static final int WANTED_OFFSET = PROGRESS_OFFSET + Long.BYTES;
  static final int SEEK_EPOCH_OFFSET = WANTED_OFFSET + Integer.BYTES;
  static final int SEEK_POSITION_OFFSET = SEEK_EPOCH_OFFSET + Integer.BYTES;

  /** A message is shorter than 4 GiB. */
  private static final int EPOCH_SHIFT = 40;

  private static final int EPOCH_MASK = 0xFF_FFFF;

  /**
   * What the other fields were when an entry was copied: reused, confined to its owner's thread.
   */
  public static final class Copy {

    /** {@link #CLOSED}, {@link #SOURCE}, {@link #SINK}, {@link #ANNOUNCED} or any other byte. */
    public int state;

    /** Generation, 8 bits. */
    public int generation;

    /** Region id as netback issued it. */
    public int regionId;

    /** Where the window begins in its region, in bytes. */
    public long regionOffset;

    /** Bytes of the message; unsigned 32 bits in a long. */
    public long messageLength;

    /** Bytes of the ring, or 0 for a fixed window; unsigned 32 bits in a long. */
    public long ringBytes;
  }

  private final MemorySegment window;
  private final long offset;

  /** Views the entry at {@code offset}, from {@link WindowLayout#rdmaWindowOffset}. */
  public RdmaWindowEntry(MemorySegment window, long offset) {
    this.window = window;
    this.offset = offset;
  }

  /** VM: opens the window. {@code ringBytes} 0 makes it fixed. */
  public void open(
      int state,
      int generation,
      int regionId,
      long regionOffset,
      long messageLength,
      int ringBytes) {
    SlotFields.INT.setRelease(window, offset + HEADER_OFFSET, CLOSED);
    // Keeps the new fields below the closed header: pairs with the second look in read().
    VarHandle.storeStoreFence();
    SlotFields.INT.set(window, offset + REGION_ID_OFFSET, regionId);
    SlotFields.LONG.set(window, offset + REGION_OFFSET_OFFSET, regionOffset);
    SlotFields.INT.set(window, offset + MESSAGE_LENGTH_OFFSET, (int) messageLength);
    SlotFields.INT.set(window, offset + RING_BYTES_OFFSET, ringBytes);
    SlotFields.LONG.set(window, offset + WATERMARK_OFFSET, 0L);
    SlotFields.LONG.set(window, offset + PROGRESS_OFFSET, 0L);
    SlotFields.INT.set(window, offset + WANTED_OFFSET, 0);
    SlotFields.INT.set(window, offset + SEEK_EPOCH_OFFSET, 0);
    header(state, generation);
  }

  /**
   * VM: gives an {@link #ANNOUNCED} window its ring, when a pull has asked for it. Watermark and
   * progress are 0 and stay so.
   */
  public void back(int generation, int regionId, long regionOffset, int ringBytes) {
    SlotFields.INT.set(window, offset + REGION_ID_OFFSET, regionId);
    SlotFields.LONG.set(window, offset + REGION_OFFSET_OFFSET, regionOffset);
    SlotFields.INT.set(window, offset + RING_BYTES_OFFSET, ringBytes);
    header(SOURCE, generation);
  }

  private void header(int state, int generation) {
    // Release: pairs with the acquire in read(), which then finds the fields of this opening.
    SlotFields.INT.setRelease(
        window, offset + HEADER_OFFSET, (state & 0xFF) | (generation & 0xFF) << 8);
  }

  /**
   * VM: refuses pulls from now on. One under way is aborted at its next chunk, and may still touch
   * the window until then.
   */
  public void close() {
    SlotFields.INT.setRelease(window, offset + HEADER_OFFSET, CLOSED);
  }

  /**
   * NIC: copies what does not change while the window is open. A window that is opened anew
   * meanwhile reads as closed, so that a pull of the old one never sees the new one's fields.
   */
  public void read(Copy into) {
    int header = (int) SlotFields.INT.getAcquire(window, offset + HEADER_OFFSET);
    into.state = header & 0xFF;
    into.generation = header >>> 8 & 0xFF;
    into.regionId = (int) SlotFields.INT.get(window, offset + REGION_ID_OFFSET);
    into.regionOffset = (long) SlotFields.LONG.get(window, offset + REGION_OFFSET_OFFSET);
    into.messageLength =
        Integer.toUnsignedLong((int) SlotFields.INT.get(window, offset + MESSAGE_LENGTH_OFFSET));
    into.ringBytes =
        Integer.toUnsignedLong((int) SlotFields.INT.get(window, offset + RING_BYTES_OFFSET));
    VarHandle.acquireFence();
    if ((int) SlotFields.INT.get(window, offset + HEADER_OFFSET) != header) {
      into.state = CLOSED;
    }
  }

  /** NIC: whether the window is still the one that was copied. */
  public boolean stillOpen(Copy copy) {
    int header = (int) SlotFields.INT.getAcquire(window, offset + HEADER_OFFSET);
    return (header & 0xFFFF) == (copy.state | copy.generation << 8);
  }

  /**
   * VM: bytes below {@code watermark} may be read from a sliding source, or written into a sliding
   * sink. A pull may wait for it while the NIC sleeps: {@link ControlLines#nicAsleepAfterCommand}
   * is to be asked afterwards, as after a command.
   */
  public void watermarkRelease(long watermark) {
    SlotFields.LONG.setRelease(window, offset + WATERMARK_OFFSET, watermark);
  }

  /** VM: as {@link #watermarkRelease(long)}, of a source that was sought to {@code epoch}. */
  public void watermarkRelease(int epoch, long watermark) {
    watermarkRelease((long) (epoch & EPOCH_MASK) << EPOCH_SHIFT | watermark);
  }

  /**
   * NIC: the watermark as the VM claims it, with the epoch of the seek that it answers above it: as
   * long as the NIC has not sought, the watermark alone.
   */
  public long watermarkAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, offset + WATERMARK_OFFSET);
  }

  /** What {@link #watermarkAcquire} says of the seek that it answers, 24 bits. */
  public static int epochOf(long claimed) {
    return (int) (claimed >>> EPOCH_SHIFT);
  }

  /** What {@link #watermarkAcquire} says without the epoch, 40 bits. */
  public static long watermarkOf(long claimed) {
    return claimed & ((1L << EPOCH_SHIFT) - 1);
  }

  /**
   * NIC: has a sliding source filled anew from {@code position} on. The progress has been set there
   * before, and the last seek was answered.
   *
   * @param epoch 24 bits, another one than the last
   */
  public void seekRelease(int epoch, long position) {
    SlotFields.LONG.set(window, offset + SEEK_POSITION_OFFSET, position);
    SlotFields.INT.setRelease(window, offset + SEEK_EPOCH_OFFSET, epoch & EPOCH_MASK);
  }

  /** VM: the epoch of the last seek, 24 bits; 0 if there was none since the window was opened. */
  public int seekEpochAcquire() {
    // Acquire: pairs with seekRelease(), for the position and for the progress set back before.
    return (int) SlotFields.INT.getAcquire(window, offset + SEEK_EPOCH_OFFSET) & EPOCH_MASK;
  }

  /** VM: where the last seek leads, as the NIC claims it; after {@link #seekEpochAcquire}. */
  public long seekPosition() {
    return (long) SlotFields.LONG.get(window, offset + SEEK_POSITION_OFFSET);
  }

  /** NIC: it has moved all bytes below {@code progress}. */
  public void progressRelease(long progress) {
    SlotFields.LONG.setRelease(window, offset + PROGRESS_OFFSET, progress);
  }

  /** NIC: a pull waits for this announced window to get its ring. */
  public void wantedRelease() {
    SlotFields.INT.setRelease(window, offset + WANTED_OFFSET, 1);
  }

  /** VM: whether a pull waits for this announced window to get its ring. */
  public boolean wantedAcquire() {
    return (int) SlotFields.INT.getAcquire(window, offset + WANTED_OFFSET) != 0;
  }

  /** VM: how far the NIC has come. */
  public long progressAcquire() {
    return (long) SlotFields.LONG.getAcquire(window, offset + PROGRESS_OFFSET);
  }
}
