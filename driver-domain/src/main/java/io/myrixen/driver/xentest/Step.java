package io.myrixen.driver.xentest;

import java.util.Locale;

/** What is tried in domain 0, in this order: one script each, {@code steps/<name>.sh}. */
public enum Step {
  DOMAINS("a driver domain and two VMs boot and find Xen's devices"),
  ATTACH("the toolstack attaches and detaches devices, and refuses what cannot be");

  private final String title;

  Step(String title) {
    this.title = title;
  }

  /** The name of its script, in reports and on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is tried. */
  public String title() {
    return title;
  }
}
