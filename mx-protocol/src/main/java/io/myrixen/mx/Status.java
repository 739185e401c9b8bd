package io.myrixen.mx;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of a request. Made by the caller, filled in by the library, reused at will; keeps
 * what it held while a call returns false.
 */
public final class Status {

  private StatusCode code = StatusCode.PENDING;
  private @Nullable EndpointAddress source;
  private long matchInfo;
  private long messageLength;
  private long transferLength;
  private @Nullable Object context;

  /** Fills every field in. Called by the library. */
  public void set(
      StatusCode code,
      @Nullable EndpointAddress source,
      long matchInfo,
      long messageLength,
      long transferLength,
      @Nullable Object context) {
    this.code = code;
    this.source = source;
    this.matchInfo = matchInfo;
    this.messageLength = messageLength;
    this.transferLength = transferLength;
    this.context = context;
  }

  /** Replaces how it ended. Called by the library, when an error handler decides so. */
  public void code(StatusCode value) {
    code = value;
  }

  /** How it ended. */
  public StatusCode code() {
    return code;
  }

  /** Whether it ended with {@link StatusCode#SUCCESS}. */
  public boolean ok() {
    return code == StatusCode.SUCCESS;
  }

  /**
   * The other side: of a receive the sender, to whom one may answer at once; of a send the
   * destination; of a connect the endpoint connected to.
   *
   * @throws IllegalStateException if the request has no other side: a connect that failed, or a
   *     receive that was matched by nothing
   */
  public EndpointAddress source() {
    if (source == null) {
      throw new IllegalStateException("no source: the request ended with " + code);
    }
    return source;
  }

  /** Match info: of a receive the message's, else what the request was started with. */
  public long matchInfo() {
    return matchInfo;
  }

  /** Length of the message as it was sent, in bytes. */
  public long messageLength() {
    return messageLength;
  }

  /** Bytes that really went from user memory to user memory. */
  public long transferLength() {
    return transferLength;
  }

  /** What the caller attached to the request. */
  public @Nullable Object context() {
    return context;
  }

  @Override
  public String toString() {
    return "%s match=%#x message=%d transferred=%d"
        .formatted(code, matchInfo, messageLength, transferLength);
  }
}
