package io.myrixen.xen.store;

import io.myrixen.xen.XenStoreException;
import java.util.List;

/** Carries out the CONTROL commands of privileged connections: the toolstack's way in. */
@FunctionalInterface
public interface ControlHandler {

  /**
   * Carries out one command, on the thread that handed the request to the store and while the store
   * is the caller's. It may change the store.
   *
   * @return text for the caller, at most 4095 characters of ISO-8859-1
   * @throws XenStoreException to answer with its error; {@code EINVAL} for an unknown command
   */
  String handle(String command, List<String> arguments);
}
