package io.myrixen.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static io.myrixen.architecture.Modules.CLASSES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the rules of style that bytecode shows. */
final class CodeRulesTest {

  /** What runs in a VM: a user's JVM gives these modules no flag. */
  private static final String[] IN_A_VM = {
    Modules.XEN.packages(), Modules.MX_PROTOCOL.packages(), Modules.NETFRONT.packages()
  };

  /** What runs under any clock and any thread, a virtual one included. */
  private static final String[] STEPPED = {
    Modules.MX_PROTOCOL.packages(), Modules.NIC_MODEL.packages(), Modules.NETBACK.packages()
  };

  @Test
  void shouldThrowNoRawException() {
    NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CLASSES);
  }

  @Test
  void shouldLogThroughTheSystemLoggerAlone() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
  }

  @Test
  void shouldPrintNothingBelowTheCommands() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("io.myrixen.driver..")
            .should(ACCESS_STANDARD_STREAMS);
    rule.check(CLASSES);
  }

  @Test
  void shouldDescribeEveryPackage() {
    Set<String> undescribed = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      JavaPackage home = type.getPackage();
      if (home.tryGetPackageInfo().isEmpty()) {
        undescribed.add(home.getName());
      }
    }
    assertEquals(Set.of(), undescribed);
  }

  @Test
  void shouldUseOfAgronaInAVmOnlyWhatNeedsNoFlag() {
    noClasses()
        .that()
        .resideInAnyPackage(IN_A_VM)
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "org\\.agrona\\.(Unsafe.*|.*DirectBuffer|.*MemoryAccess|BufferUtil|IoUtil"
                + "|concurrent\\.(Unsafe.*|Atomic.*|.*ArrayQueue|.*ringbuffer.*|.*broadcast.*"
                + "|.*status.*|.*errors.*))")
        .check(CLASSES);
  }

  @Test
  void shouldNeitherReadAClockNorSleepNorStartThreadsBelowTheServices() {
    noClasses()
        .that()
        .resideInAnyPackage(STEPPED)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "start")
        .check(CLASSES);
  }
}
