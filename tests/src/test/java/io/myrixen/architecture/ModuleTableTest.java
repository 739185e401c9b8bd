package io.myrixen.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.myrixen.architecture.Modules.CLASSES;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the table of modules in docs/architecture.md. */
final class ModuleTableTest {

  private static final String JDK = "java..";

  /** For the compiler alone; nothing of it is needed to run. */
  private static final String ANNOTATIONS = "org.jspecify.annotations..";

  @ParameterizedTest
  @EnumSource
  void shouldUseOnlyWhatTheTableAllows(Modules module) {
    classes()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(module.mayUse())
                .or(resideInAnyPackage(module.packages(), JDK, ANNOTATIONS)))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void shouldHaveEveryClassInAModuleOfTheTable() {
    String[] known = Stream.of(Modules.values()).map(Modules::packages).toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(CLASSES);
  }

  @Test
  void shouldHaveNoCycleBetweenPackages() {
    slices()
        .matching("io.myrixen.(**)")
        .should()
        .beFreeOfCycles()
        // The API's one arrow to what stands behind it; all others point from there to the API.
        .ignoreDependency(name("io.myrixen.mx.Mx"), name("io.myrixen.mx.endpoint.EndpointFactory"))
        .check(CLASSES);
  }

  @Test
  void shouldShowVirtualMachinesThePublicApiAlone() {
    classes()
        .that(resideInAPackage("io.myrixen.driver.guest.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.myrixen.driver.guest..", "io.myrixen.mx", JDK, ANNOTATIONS)
                .or(resideInAPackage("io.myrixen.mx.board")))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void shouldLetTheConformanceKitRunWithoutJunit() {
    classes()
        .that()
        .resideInAPackage("io.myrixen.conformance..")
        .and()
        .resideOutsideOfPackage("io.myrixen.conformance.junit")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.myrixen.conformance..",
                "io.myrixen.mx",
                "io.myrixen.mx.board",
                "javax.xml.stream..",
                JDK,
                ANNOTATIONS))
        .check(CLASSES);
  }
}
