package io.myrixen.tests.conformance;

import io.myrixen.conformance.junit.ConformanceTests;
import io.myrixen.conformance.subject.Subject;
import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.embedded.VmOptions;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** All that MX promises, between two VMs of an embedded system. */
@Timeout(120)
class EmbeddedConformanceTest {

  @TestFactory
  Stream<DynamicNode> shouldKeepWhatMxPromises() {
    MyriXen system = MyriXen.embedded();
    Vm alice = system.createVm("alice", VmOptions.DEFAULT.withBoards(2));
    Vm bob = system.createVm("bob");
    return ConformanceTests.of(Subject.of("embedded VMs", alice.mx(), bob.mx(), null, true))
        .onClose(system::close);
  }
}
