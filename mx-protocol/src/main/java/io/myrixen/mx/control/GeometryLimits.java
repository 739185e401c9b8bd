package io.myrixen.mx.control;

import io.myrixen.mx.window.WindowGeometry;
import java.util.Optional;

/** Judges a geometry that a peer offers, part by part. */
public final class GeometryLimits {

  private static final Detail[] PARTS = {
    Detail.COMMANDS_LOG2,
    Detail.EVENTS_LOG2,
    Detail.COMPLETIONS_LOG2,
    Detail.RDMA_WINDOWS_LOG2,
    Detail.SEND_SLOTS_LOG2,
    Detail.RECEIVE_BYTES_LOG2
  };

  private GeometryLimits() {}

  /** A part that is out of bounds, and what it was. */
  public record Violation(Detail part, int value) {}

  /** Returns the first part of {@code geometry} that is larger than in {@code limit}. */
  public static Optional<Violation> beyond(WindowGeometry geometry, WindowGeometry limit) {
    return violation(parts(geometry), parts(WindowGeometry.SMALLEST), parts(limit));
  }

  /** Returns the first part that no geometry may have. */
  static Optional<Violation> impossible(int[] parts) {
    int[] smallest = parts(WindowGeometry.SMALLEST);
    smallest[2] = parts[0] + 1; // Completions cannot overflow: twice the commands at least.
    return violation(parts, smallest, parts(WindowGeometry.LARGEST));
  }

  static int[] parts(WindowGeometry geometry) {
    return new int[] {
      geometry.commandsLog2(),
      geometry.eventsLog2(),
      geometry.completionsLog2(),
      geometry.rdmaWindowsLog2(),
      geometry.sendSlotsLog2(),
      geometry.receiveBytesLog2()
    };
  }

  /** Makes a geometry of parts that are not {@link #impossible}. */
  static WindowGeometry of(int[] parts) {
    return new WindowGeometry(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  private static Optional<Violation> violation(int[] parts, int[] min, int[] max) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] < min[i] || parts[i] > max[i]) {
        return Optional.of(new Violation(PARTS[i], parts[i]));
      }
    }
    return Optional.empty();
  }
}
