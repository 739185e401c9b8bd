package io.myrixen.netback;

import io.myrixen.mx.control.ControlResponse;

/** Where answers go. One for a request, sooner or later; nowhere once the ring is closed. */
@FunctionalInterface
interface Replies {

  void answer(ControlResponse response);
}
