package io.myrixen.driver.xentest.machine;

import io.myrixen.driver.process.ChildProcess;
import io.myrixen.driver.xentest.debian.Packages;
import io.myrixen.driver.xentest.image.Images;
import io.myrixen.driver.xentest.tool.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * QEMU, this machine's or one that was fetched. It emulates every instruction: Xen needs no
 * hardware support then, not even where this machine is itself a virtual one.
 */
public final class Emulator {

  private static final String PROGRAM = "qemu-system-x86_64";
  private static final String PACKAGE = "qemu-system-x86";

  /** Domain 0 holds the images of all others, once packed and once unpacked. */
  private static final int DOM0_MIB = 1_200;

  /** Of the whole machine, in MiB: domain 0, three domains, and one more that replaces one. */
  public static final int MACHINE_MIB = 3_100;

  /** One processor for each domain that is busy; they share those of this machine. */
  private static final int PROCESSORS = 4;

  private final Path program;
  private final @Nullable Path tree;

  private Emulator(Path program, @Nullable Path tree) {
    this.program = program;
    this.tree = tree;
  }

  /** Finds QEMU on the PATH, or fetches it. */
  public static Emulator find(Packages packages) throws IOException, InterruptedException {
    Path installed = Tool.find(PROGRAM);
    if (installed != null) {
      return new Emulator(installed, null);
    }
    Path tree = packages.program(PACKAGE);
    return new Emulator(tree.resolve("usr/bin").resolve(PROGRAM), tree);
  }

  /**
   * Starts the machine.
   *
   * @param console the file that consoles are logged in
   * @param report receives each line of domain 0's report, on a thread of its own
   */
  public ChildProcess start(Images images, Path console, Consumer<String> report) {
    var command = new ArrayList<String>();
    command.add(program.toString());
    Map<String, String> environment = Map.of();
    Path own = tree;
    if (own != null) {
      command.addAll(List.of("-L", own.resolve("usr/share/seabios").toString()));
      command.addAll(List.of("-L", own.resolve("usr/share/qemu").toString()));
      environment =
          Map.of(
              "LD_LIBRARY_PATH",
              own.resolve("usr/lib/x86_64-linux-gnu") + ":" + own.resolve("lib/x86_64-linux-gnu"));
    }
    // Without SMAP: QEMU's emulation of it faults where a PV kernel returns from an interrupt.
    command.addAll(List.of("-accel", "tcg,thread=multi", "-cpu", "max,-smap", "-M", "q35"));
    command.addAll(List.of("-m", MACHINE_MIB + "M", "-smp", Integer.toString(PROCESSORS)));
    command.addAll(List.of("-display", "none", "-nodefaults", "-no-reboot"));
    command.addAll(List.of("-serial", "file:" + console, "-serial", "stdio"));
    command.addAll(List.of("-kernel", images.xen().toString(), "-append", hypervisor()));
    command.addAll(
        List.of(
            "-initrd",
            "%s console=hvc0 quiet panic=-1 rootfstype=ramfs,%s"
                .formatted(images.vmlinux(), images.dom0())));
    return ChildProcess.start("xen", command, environment, line -> report.accept(line.strip()));
  }

  private static String hypervisor() {
    return "console=com1 com1=115200 dom0_mem=%dM,max:%dM dom0_max_vcpus=1 dom0_vcpus_pin"
        .formatted(DOM0_MIB, DOM0_MIB);
  }
}
