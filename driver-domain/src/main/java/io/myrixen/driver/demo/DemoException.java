package io.myrixen.driver.demo;

import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message says why. */
public final class DemoException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DemoException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
