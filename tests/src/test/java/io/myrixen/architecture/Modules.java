package io.myrixen.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The modules, the packages they own, and what they may use besides themselves and the JDK. */
enum Modules {
  XEN("io.myrixen.xen..", "org.agrona.."),
  MX_PROTOCOL("io.myrixen.mx..", "org.agrona.."),
  NIC_MODEL("io.myrixen.nic..", "io.myrixen.mx..", "org.agrona.."),
  SIMULATION("io.myrixen.simulation..", "io.myrixen.nic..", "io.myrixen.mx..", "org.agrona.."),
  CONFORMANCE(
      "io.myrixen.conformance..",
      "io.myrixen.mx",
      "io.myrixen.mx.board",
      "javax.xml.stream..", // The JDK's, outside java.
      "org.junit.jupiter.api.."),
  NETBACK(
      "io.myrixen.netback..",
      "io.myrixen.xen..",
      "io.myrixen.nic..",
      "io.myrixen.mx..",
      "org.agrona.."),
  NETFRONT("io.myrixen.netfront..", "io.myrixen.xen..", "io.myrixen.mx..", "org.agrona.."),
  DRIVER_DOMAIN(
      "io.myrixen.driver..",
      "io.myrixen.xen..",
      "io.myrixen.mx..",
      "io.myrixen.nic..",
      "io.myrixen.netback..",
      "io.myrixen.netfront..",
      "io.myrixen.simulation..",
      "io.myrixen.conformance..",
      "io.myrixen.embedded..", // Of this module too; a benchmark is a user of it.
      "io.netty..",
      "org.agrona..",
      "org.HdrHistogram..",
      "picocli.."),
  /** Of module driver-domain; what a user's tests link of it. */
  EMBEDDED(
      "io.myrixen.embedded..",
      "io.myrixen.driver.service..",
      "io.myrixen.xen..",
      "io.myrixen.mx..",
      "io.myrixen.nic..",
      "io.myrixen.netback..",
      "io.myrixen.netfront.."),
  /** Of module driver-domain too, and alone with JUnit. */
  JUNIT("io.myrixen.junit..", "io.myrixen.embedded..", "org.junit.jupiter.api..");

  /** All that the modules ship, without their tests. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.myrixen");

  private final String packages;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> mayUse;

  Modules(String packages, String... mayUse) {
    this.packages = packages;
    this.mayUse = List.of(mayUse);
  }

  /** The packages of this module, as ArchUnit writes them. */
  String packages() {
    return packages;
  }

  /** The packages of other modules and libraries that this one may use. */
  String[] mayUse() {
    return mayUse.toArray(String[]::new);
  }
}
