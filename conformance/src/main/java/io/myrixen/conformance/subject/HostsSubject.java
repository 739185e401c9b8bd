package io.myrixen.conformance.subject;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A subject whose hosts are there already. */
record HostsSubject(String name, Host near, Map<Path, Host> far, boolean threaded)
    implements Subject {

  @Override
  public @Nullable Host far(Path path) {
    return far.get(path);
  }
}
