package io.myrixen.driver.bench.relay;

import io.myrixen.driver.guest.Load;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The memory that all three processes map: four hops, then the memory of either end. Mapped until
 * the process ends.
 *
 * <pre>
 *   A -> relay | relay -> B | B -> relay | relay -> A | buffers of A | buffers of B
 * </pre>
 */
final class RelayMemory {

  /** The longest load: four messages of 1 MiB. */
  private static final long BUFFER_BYTES = 4L * Load.MAX_BYTES;

  private static final int HOPS = 4;

  private static final long BYTES = HOPS * Hop.BYTES + 2 * BUFFER_BYTES;

  private final MemorySegment all;

  private RelayMemory(MemorySegment all) {
    this.all = all;
  }

  /** Maps {@code file}, which grows to the size that is needed. */
  static RelayMemory map(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new RelayMemory(channel.map(MapMode.READ_WRITE, 0, BYTES, Arena.global()));
    }
  }

  /** From A or B to the relay. */
  MemorySegment toRelay(Role end) {
    return hop(end == Role.A ? 0 : 2);
  }

  /** From the relay to A or B. */
  MemorySegment fromRelay(Role end) {
    return hop(end == Role.A ? 3 : 1);
  }

  private MemorySegment hop(int index) {
    return all.asSlice(index * Hop.BYTES, Hop.BYTES);
  }

  /** The buffers of A or B, from and to which it sends and receives. */
  MemorySegment buffers(Role end) {
    return all.asSlice(HOPS * Hop.BYTES + (end == Role.A ? 0 : BUFFER_BYTES), BUFFER_BYTES);
  }
}
