package io.myrixen.mx.endpoint;

/** What a sender believes about the messages to a partner that it had sent before a loss. */
enum Recovery {

  /** That all are on their way. */
  NONE,

  /** That those at which acknowledgements stop are lost, and no others. */
  OF_GAPS,

  /** Nothing: the oldest has been sent again and says more once it is acknowledged. */
  AFTER_SILENCE
}
