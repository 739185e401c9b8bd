package io.myrixen.conformance;

import io.myrixen.conformance.junit.ConformanceTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** All that MX promises, between simulated boards. */
final class SimulatedConformanceTest {

  @TestFactory
  Stream<DynamicNode> shouldKeepWhatMxPromises() {
    var boards = new Simulated();
    return ConformanceTests.of(boards.subject()).onClose(boards::close);
  }
}
