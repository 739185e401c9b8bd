package io.myrixen.conformance.junit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.myrixen.conformance.cases.Cases;
import io.myrixen.conformance.kit.Patience;
import io.myrixen.conformance.run.Play;
import io.myrixen.conformance.subject.Subject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every case as dynamic tests, for a method with {@code @TestFactory}:
 *
 * <pre>
 *   &#64;TestFactory
 *   Stream&lt;DynamicNode&gt; shouldKeepWhatMxPromises() {
 *     return ConformanceTests.of(subject);
 *   }
 * </pre>
 */
public final class ConformanceTests {

  private ConformanceTests() {}

  /**
   * One container for each case, one test in it for each path; what is not applicable is aborted.
   */
  public static Stream<DynamicNode> of(Subject subject) {
    return of(subject, Patience.DEFAULT);
  }

  /** Likewise, with another patience. */
  public static Stream<DynamicNode> of(Subject subject, Patience patience) {
    return Play.all(Cases.all(), subject).stream()
        .collect(groupingBy(Play::conformanceCase, LinkedHashMap::new, toList()))
        .entrySet()
        .stream()
        .map(entry -> container(entry.getKey().name(), entry.getValue(), subject, patience));
  }

  private static DynamicNode container(
      String name, List<Play> plays, Subject subject, Patience patience) {
    return DynamicContainer.dynamicContainer(
        name, plays.stream().map(play -> test(play, subject, patience)));
  }

  private static DynamicNode test(Play play, Subject subject, Patience patience) {
    return DynamicTest.dynamicTest(
        play.path().toString(),
        () -> {
          String hindrance = play.hindrance(subject);
          if (hindrance != null) {
            Assumptions.abort(hindrance);
          }
          play.play(subject, patience);
        });
  }
}
