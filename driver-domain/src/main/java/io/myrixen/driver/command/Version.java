package io.myrixen.driver.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down, and the JDK that runs it. */
final class Version implements IVersionProvider {

  /** System property in which the launcher says from which commit it has built. */
  private static final String COMMIT_PROPERTY = "myrixen.commit";

  /** The commit that was built, with {@code -dirty} if more than it was; or {@code unknown}. */
  static String commit() {
    String commit = System.getProperty(COMMIT_PROPERTY, "");
    return commit.isEmpty() ? "unknown" : commit;
  }

  @Override
  public String[] getVersion() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read version.properties", e);
    }
    return new String[] {
      "myrixen " + properties.getProperty("version", "unknown"),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")",
    };
  }
}
