package io.myrixen.driver.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The commands by name, as help lists them. To make one reads all of its annotations, which takes
 * an emulated machine seconds: what has been named is made, and the others only for help.
 */
final class Commands {

  private static final Map<String, Supplier<Object>> ALL = all();

  private Commands() {}

  private static Map<String, Supplier<Object>> all() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("demo", DemoCommand::new);
    all.put("hypervisor", HypervisorCommand::new);
    all.put("driver-domain", DriverDomainCommand::new);
    all.put("vm", VmCommand::new);
    all.put("info", InfoCommand::new);
    all.put("status", StatusCommand::new);
    all.put("counters", CountersCommand::new);
    all.put("endpoint", EndpointCommand::new);
    all.put("pingpong", PingPongCommand::new);
    all.put("stream", StreamCommand::new);
    all.put("bench", BenchCommand::new);
    all.put("simulate", SimulateCommand::new);
    all.put("conformance", ConformanceCommand::new);
    all.put("xenstore", XenStoreCommand::new);
    all.put("xen", XenCommand::new);
    all.put("xen-test", XenTestCommand::new);
    return all;
  }

  /** Adds the command that {@code args} name, or all of them if they name none. */
  static CommandLine addTo(CommandLine root, String... args) {
    Supplier<Object> named = args.length == 0 ? null : ALL.get(args[0]);
    if (named != null) {
      return root.addSubcommand(args[0], named.get());
    }
    ALL.forEach((name, command) -> root.addSubcommand(name, command.get()));
    return root;
  }
}
