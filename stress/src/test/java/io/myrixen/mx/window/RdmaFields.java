package io.myrixen.mx.window;

/** RDMA windows that bear one number in every field, and accesses that leave something out. */
final class RdmaFields {

  private RdmaFields() {}

  /** What every field of {@code from} but state and generation holds, or -1 if they differ. */
  static int common(RdmaWindowEntry.Copy from) {
    int first = from.regionId;
    boolean same =
        from.regionOffset == first && from.messageLength == first && from.ringBytes == first;
    return same ? first : -1;
  }

  /** Stores {@code value} into the fields, with nothing to order it. */
  static void store(SmallWindow window, int value) {
    var memory = window.memory;
    SlotFields.INT.set(memory, SmallWindow.entry(RdmaWindowEntry.REGION_ID_OFFSET), value);
    SlotFields.LONG.set(
        memory, SmallWindow.entry(RdmaWindowEntry.REGION_OFFSET_OFFSET), (long) value);
    SlotFields.INT.set(memory, SmallWindow.entry(RdmaWindowEntry.MESSAGE_LENGTH_OFFSET), value);
    SlotFields.INT.set(memory, SmallWindow.entry(RdmaWindowEntry.RING_BYTES_OFFSET), value);
  }

  /** Stores the header of an open source. */
  static void header(SmallWindow window, int generation) {
    window.intRelease(
        SmallWindow.entry(RdmaWindowEntry.HEADER_OFFSET), RdmaWindowEntry.SOURCE | generation << 8);
  }

  /** Copies the entry, and does not look at the header again. */
  static void readOnce(SmallWindow window) {
    var memory = window.memory;
    int header = window.intAcquire(SmallWindow.entry(RdmaWindowEntry.HEADER_OFFSET));
    window.copy.state = header & 0xFF;
    window.copy.generation = header >>> 8;
    window.copy.regionId =
        (int) SlotFields.INT.get(memory, SmallWindow.entry(RdmaWindowEntry.REGION_ID_OFFSET));
    window.copy.regionOffset =
        (long) SlotFields.LONG.get(memory, SmallWindow.entry(RdmaWindowEntry.REGION_OFFSET_OFFSET));
    window.copy.messageLength =
        (int) SlotFields.INT.get(memory, SmallWindow.entry(RdmaWindowEntry.MESSAGE_LENGTH_OFFSET));
    window.copy.ringBytes =
        (int) SlotFields.INT.get(memory, SmallWindow.entry(RdmaWindowEntry.RING_BYTES_OFFSET));
  }
}
