package io.myrixen.mx.match;

/**
 * Which bits of a match info name its context: MX's context id. What bears different ids stands in
 * different queues, so that a search within one context looks at nothing else.
 *
 * @param bits how many there are, 0 to {@link #MAX_BITS}; 0: all infos are of one context
 * @param shift the lowest of them
 */
public record ContextIds(int bits, int shift) {

  /** {@code MX_CONTEXT_ID_BITS_MAX}: 65536 queues. */
  public static final int MAX_BITS = 16;

  /** One context for everything. */
  public static final ContextIds NONE = new ContextIds(0, 0);

  /** Checks that such bits exist. */
  public ContextIds {
    if (bits < 0 || bits > MAX_BITS || shift < 0 || bits + shift > Long.SIZE) {
      throw new IllegalArgumentException(
          "context ids have 0 to %d bits, all below bit 64: %d bits from bit %d on"
              .formatted(MAX_BITS, bits, shift));
    }
  }

  /** How many contexts there are. */
  public int count() {
    return 1 << bits;
  }

  /** The bits of an info that name its context. */
  public long mask() {
    return ((1L << bits) - 1) << shift;
  }

  /** The context of {@code info}, from 0. */
  public int of(long info) {
    return (int) (info >>> shift) & ((1 << bits) - 1);
  }

  /** Whether who looks at the bits of {@code mask} looks at one context alone. */
  public boolean namedBy(long mask) {
    return (~mask & mask()) == 0;
  }
}
