package io.myrixen.conformance.kit;

import io.myrixen.conformance.subject.Path;
import java.util.EnumSet;
import java.util.Set;

/** Over which paths a case runs, as far as the subject has them. */
public enum Paths {
  /** Over each: what a user must not be able to tell apart. */
  EACH(EnumSet.allOf(Path.class)),

  /** Over each but to itself. */
  TO_OTHERS(EnumSet.complementOf(EnumSet.of(Path.SELF))),

  /** From an endpoint to itself alone. */
  SELF(EnumSet.of(Path.SELF)),

  /** Once, since it does not depend on the path. */
  ONCE(EnumSet.of(Path.SAME_BOARD));

  @SuppressWarnings("ImmutableEnumChecker") // A copy that nobody changes.
  private final Set<Path> paths;

  Paths(Set<Path> paths) {
    this.paths = Set.copyOf(paths);
  }

  /** Whether a case of these runs over {@code path}. */
  public boolean contains(Path path) {
    return paths.contains(path);
  }
}
