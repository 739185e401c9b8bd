package io.myrixen.driver.xentest;

import java.util.Locale;

/** What is tried in domain 0, in this order: one script each, {@code steps/<name>.sh}. */
public enum Step {
  DOMAINS("a driver domain and two VMs boot and find Xen's devices"),
  ATTACH("the toolstack attaches and detaches devices, and refuses what cannot be"),
  MESSAGES("VMs exchange messages of every class, with the default limit of pages"),
  LIMIT("too few pages are refused by name, and more are used"),
  GARBAGE("a VM that writes nonsense harms itself alone"),
  DETACH("a device is taken away under its user, and given back"),
  CONFORMANCE("a VM's boards keep what MX promises of connecting, contents, waking and closing"),
  WHOLE_CONFORMANCE("a VM's boards keep all that MX promises"),
  CONTRACT("grants, mappings, event channels and the store keep the contract of substrates"),
  DEATH_PROCESS("a VM's process is killed"),
  DEATH_VM("a VM is destroyed, and made anew"),
  DEATH_NETBACK("the driver domain's process is killed, and started again"),
  DEATH_DRIVER_DOMAIN("the driver domain is destroyed, and made anew"),
  LEFT("nothing is left behind");

  private final String title;

  Step(String title) {
    this.title = title;
  }

  /** The name of its script, in reports and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it is taken only by those who name it, since it takes as long as all others. */
  public boolean takesLong() {
    return this == WHOLE_CONFORMANCE;
  }

  /** What is tried. */
  public String title() {
    return title;
  }
}
