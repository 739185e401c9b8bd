package io.myrixen.driver.log;

/**
 * Makes the loggers of our processes. What is logged at all is decided by {@link #LEVEL_PROP_NAME}.
 */
public final class LineLoggers extends System.LoggerFinder {

  /** The least level that is logged: ERROR, WARNING, INFO, DEBUG. */
  public static final String LEVEL_PROP_NAME = "myrixen.log.level";

  /** Clean ends and devices that come and go are no news to who runs a command. */
  static final String LEVEL_DEFAULT = "WARNING";

  private final System.Logger.Level least;

  /** Called by the JDK. */
  public LineLoggers() {
    this.least = level(System.getProperty(LEVEL_PROP_NAME, LEVEL_DEFAULT));
  }

  private static System.Logger.Level level(String name) {
    for (System.Logger.Level level : System.Logger.Level.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return System.Logger.Level.valueOf(LEVEL_DEFAULT);
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    // Of the JDK and of libraries only what is wrong is worth a line.
    boolean ours = name.startsWith("io.myrixen");
    return new LineLogger(name, ours ? least : System.Logger.Level.WARNING);
  }
}
