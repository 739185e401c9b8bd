package io.myrixen.driver.command;

import io.myrixen.driver.report.Json;
import io.myrixen.driver.xenstore.NodeListing;
import io.myrixen.driver.xenstore.TreeEdits;
import io.myrixen.driver.xenstore.ValueText;
import io.myrixen.xen.StorePermission;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code myrixen xenstore}: what Xen's tools of that name do, one method for each. */
@Command(
    name = "xenstore",
    description = {
      "Looks at a running system's store and changes it, as domain 0.",
      "Paths are absolute, or relative to /local/domain/0."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class XenStoreCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Command(
      name = "ls",
      description = "Prints all nodes below PATH with their values.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int ls(
      @Mixin RunDirectoryOption runDirectory,
      @Option(names = "-f", description = "Print full paths.") boolean fullPaths,
      @Option(names = "-p", description = "Print permissions, the owner's and default first.")
          boolean permissions,
      @Option(names = "--json", description = "Print the result as one JSON object, last line.")
          boolean json,
      @Parameters(paramLabel = "PATH", defaultValue = "/", description = "Default: the root.")
          String path) {
    NodeListing listing = StoreAccess.with(runDirectory, store -> NodeListing.read(store, path));
    System.out.print(listing.text(fullPaths, permissions));
    printJson(json, "nodes", listing.json());
    return ExitCode.DONE;
  }

  @Command(
      name = "read",
      description = "Prints the value of each PATH, all as they were at one moment.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int read(
      @Mixin RunDirectoryOption runDirectory,
      @Option(names = "-p", description = "Print the path before the value.") boolean paths,
      @Option(
              names = {"-R", "--raw"},
              description = "Print the bytes as they are.")
          boolean raw,
      @Option(names = "--json", description = "Print the result as one JSON object, last line.")
          boolean json,
      @Parameters(arity = "1..*", paramLabel = "PATH") List<String> names) {
    Map<String, String> values =
        StoreAccess.with(
            runDirectory,
            store ->
                store.transact(view -> {
                  var found = new LinkedHashMap<String, String>();
                  names.forEach(name -> found.put(name, view.read(name)));
                  return found;
                }));
    for (String name : names) {
      String value = values.getOrDefault(name, "");
      byte[] line =
          ((paths ? name + ": " : "") + (raw ? value : ValueText.escape(value) + "\n"))
              .getBytes(StandardCharsets.ISO_8859_1);
      System.out.write(line, 0, line.length);
    }
    printJson(json, "values", values);
    return ExitCode.DONE;
  }

  @Command(
      name = "write",
      description = {
        "Writes each VALUE to the PATH before it, all of them or none.",
        "In a value \\t \\n \\r \\\\ \\xHH \\ooo stand for bytes."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int write(
      @Mixin RunDirectoryOption runDirectory,
      @Option(
              names = {"-R", "--raw"},
              description = "Write what is given, backslashes too.")
          boolean raw,
      @Parameters(arity = "2..*", paramLabel = "PATH VALUE") List<String> words) {
    if (words.size() % 2 != 0) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "a value is missing for " + words.getLast());
    }
    var values = new ArrayList<String>();
    for (int i = 1; i < words.size(); i += 2) {
      values.add(value(words.get(i), raw));
    }
    return StoreAccess.with(
        runDirectory,
        store ->
            store.transact(view -> {
              for (int i = 0; i < values.size(); i++) {
                view.write(words.get(2 * i), values.get(i));
              }
              return ExitCode.DONE;
            }));
  }

  private static String value(String word, boolean raw) {
    try {
      return raw ? ValueText.bytesOf(word) : ValueText.unescape(word);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
  }

  @Command(
      name = "list",
      description = "Prints the names of the children of each PATH.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int list(
      @Mixin RunDirectoryOption runDirectory,
      @Option(names = "-p", description = "Print full paths.") boolean fullPaths,
      @Option(names = "--json", description = "Print the result as one JSON object, last line.")
          boolean json,
      @Parameters(arity = "1..*", paramLabel = "PATH") List<String> paths) {
    Map<String, List<String>> children =
        StoreAccess.with(
            runDirectory,
            store -> {
              var found = new LinkedHashMap<String, List<String>>();
              paths.forEach(path -> found.put(path, store.list(path)));
              return found;
            });
    children.forEach((path, names) -> {
      for (String name : names) {
        System.out.println(fullPaths ? NodeListing.child(path, name) : name);
      }
    });
    printJson(json, "children", children);
    return ExitCode.DONE;
  }

  @Command(
      name = "exists",
      description = "Prints nothing; the exit code is 0 if each PATH is there, 1 if one is not.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int exists(
      @Mixin RunDirectoryOption runDirectory,
      @Parameters(arity = "1..*", paramLabel = "PATH") List<String> paths) {
    boolean all =
        StoreAccess.with(
            runDirectory, store -> paths.stream().allMatch(path -> store.find(path) != null));
    return all ? ExitCode.DONE : ExitCode.FOUND_WRONG;
  }

  @Command(
      name = "chmod",
      description = {
        "Sets the permissions of PATH.",
        "Each is a letter (n none, r read, w write, b both) and a domid, such as r3.",
        "The first one names the owner, and what all domains not named may do."
      },
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int chmod(
      @Mixin RunDirectoryOption runDirectory,
      @Option(names = "-r", description = "And of all nodes below it.") boolean below,
      @Option(names = "-u", description = "And of all nodes above it, but the root.") boolean above,
      @Parameters(index = "0", paramLabel = "PATH") String path,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "PERMISSION") List<String> words) {
    List<StorePermission> permissions;
    try {
      permissions = words.stream().map(StorePermission::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCode.BAD_USAGE, String.valueOf(e.getMessage()), e);
    }
    return StoreAccess.with(
        runDirectory,
        store ->
            store.transact(view -> {
              if (below) {
                TreeEdits.setPermissionsBelow(view, path, permissions);
              } else {
                view.setPermissions(path, permissions);
              }
              if (above) {
                TreeEdits.setPermissionsAbove(view, path, permissions);
              }
              return ExitCode.DONE;
            }));
  }

  @Command(
      name = "rm",
      description = "Removes each PATH with all below it, all of them or none.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int rm(
      @Mixin RunDirectoryOption runDirectory,
      @Option(names = "-t", description = "And parents that are left without value and children.")
          boolean tidy,
      @Parameters(arity = "1..*", paramLabel = "PATH") List<String> paths) {
    return StoreAccess.with(
        runDirectory,
        store ->
            store.transact(view -> {
              for (String path : paths) {
                if (tidy) {
                  TreeEdits.removeAndTidy(view, path);
                } else {
                  view.remove(path);
                }
              }
              return ExitCode.DONE;
            }));
  }

  @Command(
      name = "watch",
      description = "Prints the path of each change at or below each PATH; each is printed first.",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  int watch(
      @Mixin RunDirectoryOption runDirectory,
      @Option(
              names = "-n",
              paramLabel = "N",
              description = "End after so many lines (default: go on until a signal).")
          @Nullable Integer count,
      @Parameters(arity = "1..*", paramLabel = "PATH") List<String> paths) {
    if (count != null && count < 1) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "-n must be at least 1: " + count);
    }
    StoreAccess.watch(runDirectory, paths, count == null ? Long.MAX_VALUE : count);
    return ExitCode.DONE;
  }

  private static void printJson(boolean wanted, String name, Object result) {
    if (wanted) {
      System.out.println(Json.write(Map.of(name, result)));
    }
    System.out.flush();
  }
}
