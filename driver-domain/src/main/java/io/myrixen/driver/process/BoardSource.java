package io.myrixen.driver.process;

import java.util.Map;

/**
 * What a process that is about to be started needs to find its boards. Gone with {@link #close}:
 * the process had better be gone before.
 */
public interface BoardSource extends AutoCloseable {

  /** What its process needs in its environment. */
  Map<String, String> environment();

  /** Gives back what was made for it. Idempotent, and content if the hypervisor is gone. */
  @Override
  void close();
}
