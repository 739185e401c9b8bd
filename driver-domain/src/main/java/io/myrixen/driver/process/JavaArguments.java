package io.myrixen.driver.process;

import java.util.List;
import java.util.Set;

/** What the arguments of {@code java} mean, as far as it matters where they give the class path. */
final class JavaArguments {

  private static final Set<String> CLASS_PATH = Set.of("-cp", "-classpath", "--class-path");

  private static final String CLASS_PATH_ASSIGNED = "--class-path=";

  /** Options whose value is the next argument, as java's own help lists them. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--add-reads",
          "--add-exports",
          "--add-opens",
          "--limit-modules",
          "--patch-module",
          "-d",
          "--describe-module",
          "--source");

  private JavaArguments() {}

  /**
   * Returns which argument ends with the class path, or -1 if none does. What follows the main
   * class belongs to the program.
   */
  static int classPathIndex(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (CLASS_PATH.contains(argument)) {
        return i + 1 < arguments.size() ? i + 1 : -1;
      }
      if (argument.startsWith(CLASS_PATH_ASSIGNED)) {
        return i;
      }
      if (WITH_VALUE.contains(argument)) {
        i++;
      } else if (!argument.startsWith("-") && !argument.startsWith("@")) {
        return -1;
      }
    }
    return -1;
  }
}
