package io.myrixen.driver.guest;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory for measurements: registered, or where a limit stands against that, memory from which
 * messages are staged. A VM on Xen may grant 4 MiB in all unless its limit is raised.
 *
 * @param segment the memory
 * @param limit why it is not registered, or null if it is
 */
record PairMemory(MemorySegment segment, @Nullable String limit) {

  /** Makes {@code bytes} bytes. */
  static PairMemory of(Endpoint endpoint, long bytes) {
    try {
      return new PairMemory(endpoint.allocate(bytes), null);
    } catch (MxException e) {
      if (e.code() != ReturnCode.NO_RESOURCES) {
        throw e;
      }
      return new PairMemory(Arena.ofAuto().allocate(bytes), String.valueOf(e.getMessage()));
    }
  }

  /** Gives it back. */
  void free(Endpoint endpoint) {
    if (limit == null) {
      endpoint.free(segment);
    }
  }
}
