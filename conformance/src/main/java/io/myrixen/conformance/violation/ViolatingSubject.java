package io.myrixen.conformance.violation;

import io.myrixen.conformance.subject.Host;
import io.myrixen.conformance.subject.Path;
import io.myrixen.conformance.subject.Subject;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subject that breaks one promise, and keeps all others as well as the one behind it does. */
final class ViolatingSubject implements Subject {

  private final Subject inner;
  private final Violation violation;
  private final Host near;
  private final Map<Path, Host> far = new EnumMap<>(Path.class);

  ViolatingSubject(Subject inner, Violation violation) {
    this.inner = inner;
    this.violation = violation;
    near = violation.hosts().apply(inner.near());
    for (Path path : Path.values()) {
      Host host = inner.far(path);
      if (host != null) {
        far.put(path, violation.hosts().apply(host));
      }
    }
  }

  @Override
  public String name() {
    return "%s that violate: %s".formatted(inner.name(), violation);
  }

  @Override
  public Host near() {
    return near;
  }

  @Override
  public @Nullable Host far(Path path) {
    return far.get(path);
  }

  @Override
  public boolean threaded() {
    return inner.threaded();
  }
}
