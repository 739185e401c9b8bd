package io.myrixen.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.junit.MyriXenTest;
import io.myrixen.junit.VmSettings;
import io.myrixen.mx.board.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs classes as users write them, and looks at what JUnit says and what is left. */
@Timeout(60)
class MyriXenExtensionTest {

  /** Set for the classes below, which are there for this test to run, and for nobody else. */
  private static final String LAUNCHED = "myrixen.tests.launched";

  /** What the classes below had, by the name of the test. */
  private static final Map<String, Vm> SEEN = new ConcurrentHashMap<>();

  private Traces before = new Traces(Set.of(), 0, 0);

  @BeforeEach
  void look() throws IOException {
    SEEN.clear();
    before = Traces.now();
  }

  @AfterEach
  void lookAgain() throws IOException {
    before.assertNothingLeftNow();
  }

  /** Skips a class unless this test launches it. */
  static final class WhenLaunched implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return context.getConfigurationParameter(LAUNCHED).isPresent()
          ? ConditionEvaluationResult.enabled("launched")
          : ConditionEvaluationResult.disabled("runs inside another test");
    }
  }

  private static TestExecutionSummary run(Class<?> type) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(type))
            .configurationParameter(LAUNCHED, "true")
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
            .configurationParameter(
                "junit.jupiter.execution.parallel.config.fixed.parallelism", "2")
            .build();
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary();
  }

  private static void assertAllPass(Class<?> type, int tests) {
    TestExecutionSummary summary = run(type);
    assertEquals(List.of(), summary.getFailures().stream().map(Object::toString).toList());
    assertEquals(tests, summary.getTestsSucceededCount());
  }

  private static String messageOfTheOnlyFailure(Class<?> type) {
    List<TestExecutionSummary.Failure> failures = run(type).getFailures();
    assertEquals(1, failures.size());
    return String.valueOf(failures.get(0).getException().getMessage());
  }

  @Test
  void shouldGiveEachTestVmsOfItsOwn() {
    assertAllPass(Plain.class, 2);
    assertEquals(2, SEEN.size());
    Vm[] vms = SEEN.values().toArray(Vm[]::new);
    assertNotSame(vms[0], vms[1]);
  }

  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  static class Plain {
    private final Vm fromConstructor;
    private Vm early;

    Plain(Vm alice) {
      fromConstructor = alice;
      early = alice;
    }

    @BeforeEach
    void early(@VmSettings(name = "carol", boards = 2) Vm other, MyriXen myrixen) {
      early = other;
      assertEquals(List.of("alice", "carol"), myrixen.vms().stream().map(Vm::name).toList());
    }

    @Test
    void first(Vm alice, Vm carol, TestInfo info) {
      assertSame(fromConstructor, alice);
      assertSame(early, carol);
      List<String> names = alice.mx().peers().stream().map(Peer::hostname).sorted().toList();
      assertEquals(List.of("alice:0", "carol:0", "carol:1"), names);
      SEEN.put(info.getDisplayName(), alice);
    }

    @Test
    void second(MyriXen myrixen, Vm alice, TestInfo info) {
      assertTrue(myrixen.vms().contains(alice));
      SEEN.put(info.getDisplayName(), alice);
    }

    @AfterEach
    void late(Vm alice) {
      assertEquals(1, alice.mx().boards().size(), "it still runs");
    }
  }

  @Test
  void shouldCloseWhatATestLeftThatFailed() {
    assertEquals("on purpose", messageOfTheOnlyFailure(Failing.class));
  }

  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  static class Failing {
    @Test
    void fails(Vm alice) {
      alice.mx().openEndpoint(0, 0, 7);
      fail("on purpose");
    }
  }

  @Test
  void shouldMixWithOtherResolversAndWithNesting() {
    assertAllPass(Mixed.class, 3);
    assertEquals(Set.of("[1] 10", "[2] 20", "nested"), SEEN.keySet());
    assertEquals(3, Set.copyOf(SEEN.values()).size());
  }

  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  static class Mixed {
    @ParameterizedTest(name = "[{index}] {0}")
    @ValueSource(ints = {10, 20})
    void parameterized(int number, Vm bob, TestInfo info) {
      assertEquals(0, number % 10);
      SEEN.put(info.getDisplayName(), bob);
    }

    @Nested
    class Inner {
      @Test
      @DisplayName("nested")
      void nested(@TempDir Path directory, Vm bob, TestInfo info) {
        assertTrue(directory.toFile().isDirectory());
        SEEN.put(info.getDisplayName(), bob);
      }
    }
  }

  @Test
  void shouldStandOnAMethodAlone() {
    assertAllPass(OnMethod.class, 1);
  }

  @ExtendWith(WhenLaunched.class)
  static class OnMethod {
    @Test
    @MyriXenTest
    void test(Vm alice, Vm bob) {
      assertEquals(2, alice.mx().peers().size());
      assertEquals(2, bob.mx().peers().size());
    }
  }

  @Test
  void shouldRunInParallel() {
    assertAllPass(Parallel.class, 2);
  }

  /** Both tests have the system of their own that they need at the same time. */
  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  @Execution(ExecutionMode.CONCURRENT)
  static class Parallel {
    private static final CyclicBarrier BOTH = new CyclicBarrier(2);

    @Test
    void first(Vm alice, Vm bob) throws Exception {
      meet(alice, bob);
    }

    @Test
    void second(Vm alice, Vm bob) throws Exception {
      meet(alice, bob);
    }

    private static void meet(Vm alice, Vm bob) throws Exception {
      BOTH.await(20, TimeUnit.SECONDS);
      assertEquals(2, alice.mx().peers().size());
      assertEquals(2, bob.mx().peers().size());
      BOTH.await(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void shouldSayThatNothingLivesLongerThanATest() {
    String message = messageOfTheOnlyFailure(BeforeTheTests.class);
    assertTrue(message.contains("as long as one test"), message);
  }

  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  static class BeforeTheTests {
    @BeforeAll
    static void tooEarly(Vm alice) {
      fail(alice + " is not for all tests");
    }

    @Test
    void test() {}
  }

  @Test
  void shouldSayThatSettingsComeTooLate() {
    String message = messageOfTheOnlyFailure(Contradicting.class);
    assertTrue(message.contains("boards=2"), message);
  }

  @ExtendWith(WhenLaunched.class)
  @MyriXenTest
  static class Contradicting {
    @Test
    void test(Vm alice, @VmSettings(name = "alice", boards = 2) Vm again) {
      fail(alice + " is not " + again);
    }
  }
}
