package io.myrixen.conformance.violation;

import io.myrixen.mx.Endpoint;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** An endpoint whose outcomes of connects, waited for one by one, are changed. */
class Connects extends ForwardingEndpoint {

  private final Set<Request> connects = new HashSet<>();
  private final Consumer<Status> change;

  Connects(Endpoint inner, Consumer<Status> change) {
    super(inner);
    this.change = change;
  }

  @Override
  public void iconnect(long nicId, int endpointId, int key, long matchInfo, Request request) {
    connects.add(request);
    super.iconnect(nicId, endpointId, key, matchInfo, request);
  }

  @Override
  public boolean await(Request request, Duration timeout, Status status) {
    boolean ended = super.await(request, timeout, status);
    if (ended && connects.remove(request) && status.ok()) {
      change.accept(status);
    }
    return ended;
  }
}
