package io.myrixen.xen.devices;

/**
 * What one process of a domain at a time can be. It is, as long as it has a lock on the device that
 * its part takes; the system drops the lock however the process ends.
 */
public enum DomainRole {
  /** Uses the devices of the domain, and grants memory for that. */
  FRONTEND("uses its mx devices"),
  /** Serves the devices whose backend the domain is, and maps memory for that. */
  BACKEND("is its driver domain");

  private final String text;

  DomainRole(String text) {
    this.text = text;
  }

  /** What a process in that role does, as a predicate. */
  String text() {
    return text;
  }
}
