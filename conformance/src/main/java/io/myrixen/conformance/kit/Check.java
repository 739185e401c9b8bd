package io.myrixen.conformance.kit;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What cases assert with. Each method throws a {@link CaseFailure} that names both values. */
public final class Check {

  private Check() {}

  /** Fails with {@code what} unless {@code holds}. */
  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new CaseFailure(what);
    }
  }

  /** Fails unless both are equal. */
  public static void equal(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new CaseFailure("%s: expected %s, got %s".formatted(what, expected, actual));
    }
  }

  /** Fails unless both are the same object. */
  @SuppressWarnings("ReferenceEquality") // That is what it is for.
  public static void same(@Nullable Object expected, @Nullable Object actual, String what) {
    if (expected != actual) {
      throw new CaseFailure(
          "%s: expected the same object, %s, got %s".formatted(what, expected, actual));
    }
  }

  /** Fails unless {@code call} is refused with {@code code}. */
  public static void refused(ReturnCode code, Runnable call, String what) {
    try {
      call.run();
    } catch (MxException e) {
      equal(code, e.code(), what);
      return;
    }
    throw new CaseFailure("%s: expected %s, was not refused".formatted(what, code));
  }
}
