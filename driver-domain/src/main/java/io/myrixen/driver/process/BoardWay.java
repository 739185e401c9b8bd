package io.myrixen.driver.process;

import java.nio.file.Path;

/** The ways in which the same program comes to a board of the same NIC. */
public enum BoardWay {
  /** In a virtual machine, through the split driver. */
  VM("vm"),

  /** As a process whose windows the driver domain hands out without any of that. */
  NATIVE("native"),

  /** In a virtual machine whose messages all pass through netback. */
  RELAYED("relayed");

  private final String word;

  BoardWay(String word) {
    this.word = word;
  }

  /** The word for it on the command line and in reports. */
  @Override
  public String toString() {
    return word;
  }

  /**
   * Makes what a process named {@code name} needs to have one board, {@code name:0}, this way.
   *
   * @throws io.myrixen.xen.XenException as {@link VmDomain#create} does
   */
  public BoardSource open(Path runDirectory, String name) {
    return switch (this) {
      case VM -> VmDomain.create(runDirectory, name, 1);
      case NATIVE -> new NativeBoard(runDirectory, name);
      case RELAYED -> VmDomain.createRelayed(runDirectory, name);
    };
  }
}
