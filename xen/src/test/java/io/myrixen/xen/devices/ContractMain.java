package io.myrixen.xen.devices;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs, in a domain of real Xen, what is promised of the substrate: in a guest the contract of a
 * domain, in domain 0 that of the store. Each case is a line; the last line sums up. Exit code 0 if
 * all passed, 1 otherwise.
 */
final class ContractMain implements TestExecutionListener {

  private final PrintStream out;
  private int passed;
  private int failed;

  private ContractMain(PrintStream out) {
    this.out = out;
  }

  /**
   * Takes no arguments. Runs on a thread whose name no other process of the domain has, and other
   * processes may use its devices meanwhile, if they grant nothing.
   */
  public static void main(String[] arguments) throws InterruptedException {
    Thread.ofPlatform().name("contract").start(ContractMain::execute).join();
  }

  private static void execute() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                selectClass(XenDomainTest.class),
                selectClass(ProcessDeathTest.class),
                selectClass(XenbusStoreTest.class))
            .build();
    ContractMain report = new ContractMain(System.out);
    LauncherFactory.create().execute(request, report);
    System.exit(report.sumUp() ? 0 : 1);
  }

  private boolean sumUp() {
    out.printf("%d passed, %d failed%n", passed, failed);
    return passed > 0 && failed == 0;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean successful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (!test.isTest() && successful) {
      return;
    }
    passed += successful ? 1 : 0;
    failed += successful ? 0 : 1;
    out.printf("%-6s  %s%n", successful ? "passed" : "failed", test.getDisplayName());
    result.getThrowable().ifPresent(cause -> cause.printStackTrace(out));
  }
}
