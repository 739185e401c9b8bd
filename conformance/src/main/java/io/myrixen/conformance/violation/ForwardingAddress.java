package io.myrixen.conformance.violation;

import io.myrixen.mx.EndpointAddress;
import org.jspecify.annotations.Nullable;

/** An address that is not the one object that it should be. */
class ForwardingAddress implements EndpointAddress {

  private final EndpointAddress inner;

  ForwardingAddress(EndpointAddress inner) {
    this.inner = inner;
  }

  /** The address that the endpoint behind knows. */
  static EndpointAddress unwrap(EndpointAddress address) {
    return address instanceof ForwardingAddress forwarding ? forwarding.inner : address;
  }

  @Override
  public long nicId() {
    return inner.nicId();
  }

  @Override
  public int endpointId() {
    return inner.endpointId();
  }

  @Override
  public int session() {
    return inner.session();
  }

  @Override
  public @Nullable Object context() {
    return inner.context();
  }

  @Override
  public EndpointAddress context(@Nullable Object context) {
    var _ = inner.context(context);
    return this;
  }
}
