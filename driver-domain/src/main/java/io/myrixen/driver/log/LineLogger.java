package io.myrixen.driver.log;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Writes one line to standard error for each message; a stack trace follows where there is one. */
final class LineLogger implements System.Logger {

  private final String name;
  private final Level least;

  LineLogger(String name, Level least) {
    this.name = name;
    this.least = least;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isLoggable(Level level) {
    return level.getSeverity() >= least.getSeverity() && level != Level.OFF;
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String message,
      @Nullable Throwable thrown) {
    if (isLoggable(level)) {
      print(level, String.valueOf(message), thrown);
    }
  }

  @Override
  public void log(
      Level level,
      @Nullable ResourceBundle bundle,
      @Nullable String format,
      @Nullable Object @Nullable ... parameters) {
    if (isLoggable(level)) {
      String text = String.valueOf(format);
      boolean plain = parameters == null || parameters.length == 0;
      print(level, plain ? text : MessageFormat.format(text, parameters), null);
    }
  }

  private void print(Level level, String text, @Nullable Throwable thrown) {
    String source = name.substring(name.lastIndexOf('.') + 1);
    String word = level.name().toLowerCase(Locale.ROOT);
    synchronized (System.err) {
      System.err.println("myrixen " + word + " " + source + ": " + text);
      if (thrown != null) {
        thrown.printStackTrace(System.err);
      }
    }
  }
}
