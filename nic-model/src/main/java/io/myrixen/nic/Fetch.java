package io.myrixen.nic;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pull from a peer in progress. Made once for each slot, and used again and again. */
final class Fetch {

  /** Bits of a handle that say how often its slot has been used; the slot is above them. */
  static final int GENERATION_BITS = 22;

  /** As in MX, so that a zeroed frame never names a pull. */
  private static final int FIRST_GENERATION = 0x23;

  private final int slot;
  private int generation = FIRST_GENERATION - 1;
  private int magic;
  private @Nullable Pull pull;
  private @Nullable RemoteBoard peer;

  /** Which frames are where. */
  final FetchWindow window = new FetchWindow();

  Fetch(int slot) {
    this.slot = slot;
  }

  void begin(Pull pull, RemoteBoard peer, int magic) {
    this.pull = pull;
    this.peer = peer;
    this.magic = magic;
    generation = (generation + 1) & ((1 << GENERATION_BITS) - 1);
  }

  /** Keeps nothing of a pull that has ended. */
  void clear() {
    pull = null;
    peer = null;
  }

  /** Whether a pull is in progress. */
  boolean active() {
    return pull != null;
  }

  int slot() {
    return slot;
  }

  int handle() {
    return slot << GENERATION_BITS | generation;
  }

  int magic() {
    return magic;
  }

  /** The command and the sink. */
  Pull pull() {
    return Objects.requireNonNull(pull);
  }

  RemoteBoard peer() {
    return Objects.requireNonNull(peer);
  }

  NicEndpoint puller() {
    return pull().sink.endpoint();
  }

  /** Whether a frame from {@code from} for {@code to} that bears handle and magic is of it. */
  boolean isNamed(int handle, int magic, RemoteBoard from, LocalBoard to) {
    return active()
        && handle == handle()
        && magic == this.magic
        && peer().nicId() == from.nicId()
        && puller().board() == to;
  }
}
