package io.myrixen.mx;

/** The error handler of the whole process. */
final class ProcessErrors {

  private static volatile ErrorHandler handler = initial(Environment.ofProcess());

  private ProcessErrors() {}

  static ErrorHandler initial(Environment around) {
    return around.flag(false, null, "OMX_FATAL_ERRORS", "MX_ERRORS_ARE_FATAL")
        ? ErrorHandler.FATAL
        : ErrorHandler.RETURN;
  }

  static ErrorHandler handler() {
    return handler;
  }

  static synchronized ErrorHandler handler(ErrorHandler value) {
    ErrorHandler before = handler;
    handler = value;
    return before;
  }
}
