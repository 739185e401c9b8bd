package io.myrixen.mx.endpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How often the application has called: written inside the gate, read by the agent outside. */
final class Calls {

  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Calls.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private long count;

  void add() {
    COUNT.setOpaque(this, count + 1); // Nothing is ordered by it.
  }

  long count() {
    return (long) COUNT.getOpaque(this);
  }
}
