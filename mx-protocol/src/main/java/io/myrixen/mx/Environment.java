package io.myrixen.mx;

import io.myrixen.mx.match.ContextIds;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the process: system properties, and where one is not set, environment variables of
 * MX and Open-MX. Where both of these have one, Open-MX's counts; with {@code OMX_IGNORE_MX_ENV}
 * set, MX's do not count at all.
 *
 * @param properties gives a system property, or null
 * @param variables gives an environment variable, or null
 */
record Environment(
    Function<String, @Nullable String> properties, Function<String, @Nullable String> variables) {

  /** Where a setting comes from, for messages, and what it says. */
  private record Setting(String name, String text) {

    MxException fault(String wanted) {
      return new MxException(
          ReturnCode.BAD_PARAM_VAL, "%s is not %s: %s".formatted(name, wanted, text));
    }
  }

  /** The process' own. */
  static Environment ofProcess() {
    return new Environment(System::getProperty, System::getenv);
  }

  private @Nullable Setting setting(@Nullable String property, String... names) {
    String text = property == null ? null : properties.apply(property);
    if (property != null && text != null) {
      return new Setting(property, text.strip());
    }
    boolean ignoreMx = variables.apply("OMX_IGNORE_MX_ENV") != null;
    for (String name : names) {
      String value = ignoreMx && name.startsWith("MX_") ? null : variables.apply(name);
      if (value != null) {
        return new Setting(name, value.strip());
      }
    }
    return null;
  }

  /** A number, of {@code property} or the first of the variables {@code names} that is set. */
  long number(long otherwise, @Nullable String property, String... names) {
    Setting setting = setting(property, names);
    if (setting == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(setting.text);
    } catch (NumberFormatException _) {
      throw setting.fault("a number");
    }
  }

  /** Yes or no: {@code true} or 1, {@code false} or 0. */
  boolean flag(boolean otherwise, @Nullable String property, String... names) {
    Setting setting = setting(property, names);
    if (setting == null) {
      return otherwise;
    }
    return switch (setting.text) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw setting.fault("true or false, 1 or 0");
    };
  }

  /** Bits and lowest bit of context ids, with a comma between. */
  ContextIds contextIds(String property, String... names) {
    Setting setting = setting(property, names);
    if (setting == null) {
      return ContextIds.NONE;
    }
    int comma = Math.max(0, setting.text.indexOf(','));
    try {
      return new ContextIds(
          Integer.parseInt(setting.text.substring(0, comma).strip()),
          Integer.parseInt(setting.text.substring(comma + 1).strip()));
    } catch (IllegalArgumentException _) {
      throw setting.fault("BITS,LOWEST BIT");
    }
  }
}
