package io.myrixen.driver.conformance;

import io.myrixen.conformance.subject.Subject;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.mx.Mx;
import java.nio.file.Path;

/**
 * Two boards of a driver domain that runs in a process of its own. Who uses them lives in this
 * process, twice: each board with the driver, the domain and the threads that a process has.
 */
public final class BoardSubject {

  private BoardSubject() {}

  /**
   * Opens both boards by {@code way}; they are given back with {@code lifetime}.
   *
   * @param runDirectory where hypervisor and driver domain run
   */
  public static Subject open(Path runDirectory, BoardWay way, Lifetime lifetime) {
    Mx near = board(runDirectory, way, "conformance-near", lifetime);
    Mx far = board(runDirectory, way, "conformance-far", lifetime);
    return Subject.of("%s boards".formatted(way), near, far, null, true);
  }

  private static Mx board(Path runDirectory, BoardWay way, String name, Lifetime lifetime) {
    return lifetime.keep(Mx.init(lifetime.keep(way.open(runDirectory, name)).attach()));
  }
}
