package io.myrixen.mx.window;

/** Descriptors that bear one number in every field, so that a mixture shows. */
final class Fields {

  private Fields() {}

  /** Writes {@code value}, 1 to 255, into every field. */
  static Descriptor all(Descriptor into, int value) {
    into.kind = value;
    into.endpoint = value;
    into.sequence = value;
    into.ack = value;
    into.session = value;
    into.length = value;
    into.matchInfo = value;
    into.nicId = value;
    into.detail0 = value;
    into.detail1 = value;
    into.detail2 = value;
    into.detail3 = value;
    return into;
  }

  /** Writes {@code value} into every field of the first slot and its lap, all without release. */
  static void storePlain(SmallWindow queue, int value, int lap) {
    long word = (long) value << 32 | (long) value << 16 | value;
    SlotFields.LONG_UNALIGNED.set(
        queue.memory, SmallWindow.slot(SlotFields.SEQUENCE_AND_SESSION_OFFSET), word);
    SlotFields.INT.set(queue.memory, SmallWindow.slot(SlotFields.LENGTH_OFFSET), value);
    for (int at = SlotFields.MATCH_INFO_OFFSET; at < SlotFields.LENGTH; at += Long.BYTES) {
      SlotFields.LONG.set(queue.memory, SmallWindow.slot(at), (long) value);
    }
    int header = value | value << 8 | lap << 16;
    SlotFields.INT.set(queue.memory, SmallWindow.slot(SlotFields.HEADER_OFFSET), header);
  }

  /** What every field of {@code from} holds, or -1 if they differ. */
  static int common(Descriptor from) {
    long first = from.detail3;
    boolean same =
        from.kind == first
            && from.endpoint == first
            && from.sequence == first
            && from.ack == first
            && from.session == first
            && from.length == first
            && from.matchInfo == first
            && from.nicId == first
            && from.detail0 == first
            && from.detail1 == first
            && from.detail2 == first;
    return same ? (int) first : -1;
  }
}
