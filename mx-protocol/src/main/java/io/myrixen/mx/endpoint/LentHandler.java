package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.UnexpectedHandler;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The application's handler, with the gate lent to it: its thread is inside and may enter again.
 */
final class LentHandler implements UnexpectedHandler {

  private final UnexpectedHandler handler;
  private final Gate gate;

  LentHandler(UnexpectedHandler handler, Gate gate) {
    this.handler = handler;
    this.gate = gate;
  }

  @Override
  public Action onUnexpected(
      EndpointAddress source, long matchInfo, long lengthBytes, @Nullable MemorySegment data) {
    gate.lend();
    try {
      return handler.onUnexpected(source, matchInfo, lengthBytes, data);
    } catch (RuntimeException | Error e) {
      // The message is in the middle of being ordered: nobody's call may end here.
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
      return Action.CONTINUE;
    } finally {
      gate.takeBack();
    }
  }
}
