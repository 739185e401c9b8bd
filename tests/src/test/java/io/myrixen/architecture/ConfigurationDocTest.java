package io.myrixen.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md lists each property that the code reads, under the constant that names it.
 */
final class ConfigurationDocTest {

  private static final Path TABLE = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(myrixen\\.[^`]+)` \\|.*\\| `(\\w+\\.\\w+)` \\|$");

  @Test
  void shouldListEveryPropertyAndNoOther() throws Exception {
    assertEquals(String.join("\n", inCode().values()), String.join("\n", inTable().values()));
  }

  private static Map<String, String> inTable() throws IOException {
    var rows = new TreeMap<String, String>();
    for (String line : Files.readAllLines(TABLE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(2), row.group(2) + " = " + row.group(1));
      }
    }
    return rows;
  }

  private static Map<String, String> inCode() throws ReflectiveOperationException {
    var constants = new TreeMap<String, String>();
    for (JavaClass owner : Modules.CLASSES) {
      for (JavaField field : owner.getFields()) {
        if (field.getName().endsWith("_PROP_NAME")
            && field.getModifiers().contains(JavaModifier.STATIC)) {
          String name = owner.getSimpleName() + "." + field.getName();
          constants.put(name, name + " = " + field.reflect().get(null));
        }
      }
    }
    return constants;
  }
}
