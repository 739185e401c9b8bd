package io.myrixen.conformance.cases;

import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.UnexpectedHandler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A handler that notes what it is offered, on whichever thread, and always decides the same. */
final class HandlerLog implements UnexpectedHandler {

  private final Action action;
  private final List<Offer> offers = new CopyOnWriteArrayList<>();
  private int seen;

  HandlerLog(Action action) {
    this.action = action;
  }

  /** A message as it was offered, with a copy of its payload if that was shown. */
  record Offer(
      EndpointAddress source, long matchInfo, long lengthBytes, @Nullable MemorySegment data) {}

  @Override
  public Action onUnexpected(
      EndpointAddress source, long matchInfo, long lengthBytes, @Nullable MemorySegment data) {
    MemorySegment copy =
        data == null ? null : MemorySegment.ofArray(data.toArray(ValueLayout.JAVA_BYTE));
    offers.add(new Offer(source, matchInfo, lengthBytes, copy));
    return action;
  }

  int count() {
    return offers.size();
  }

  /** Waits for the next offer to the scene's other endpoint. */
  Offer next(Scene scene) {
    int index = seen++;
    scene.until(scene.b(), () -> offers.size() > index, "offer %d to the handler".formatted(index));
    return offers.get(index);
  }
}
