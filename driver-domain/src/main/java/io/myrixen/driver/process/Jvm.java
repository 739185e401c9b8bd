package io.myrixen.driver.process;

import io.myrixen.mx.Mx;
import io.myrixen.netfront.NetfrontContext;
import io.myrixen.xen.Domain;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;

/** Command lines for further JVMs, of the JDK that runs this one. */
public final class Jvm {

  /** What every service of ours runs with; the launcher and the build say the same. */
  private static final List<String> SERVICE_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
          "-XX:+UseSerialGC");

  /** The library of a VM calls the system; everything else in it is plain Java. */
  private static final String VM_FLAG = "--enable-native-access=ALL-UNNAMED";

  private static final String MAIN = "io.myrixen.driver.command.Main";

  private Jvm() {}

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A command of {@code myrixen} in a process of its own. */
  public static List<String> command(List<String> arguments) {
    var line = new ArrayList<String>();
    line.add(java());
    line.addAll(SERVICE_FLAGS);
    line.add("-cp");
    line.add(System.getProperty("java.class.path"));
    line.add(MAIN);
    line.addAll(arguments);
    return line;
  }

  /** A program of ours in a VM; {@code main} uses the public MX API alone. */
  public static List<String> guest(Class<?> main, List<String> arguments) {
    Set<String> entries = vmLibrary();
    entries.add(home(main));
    var line = new ArrayList<String>();
    line.add(java());
    line.add(VM_FLAG);
    line.add("-XX:+UseSerialGC");
    line.add("-cp");
    line.add(String.join(File.pathSeparator, entries));
    line.add(main.getName());
    line.addAll(arguments);
    return line;
  }

  /**
   * A user's program in a VM: the VM's library is added behind the class path that the arguments
   * give.
   *
   * @param arguments as for {@code java}
   * @param environmentClassPath the value of CLASSPATH, or an empty string
   */
  public static List<String> user(List<String> arguments, String environmentClassPath) {
    String library = String.join(File.pathSeparator, vmLibrary());
    var line = new ArrayList<String>();
    line.add(java());
    line.add(VM_FLAG);
    int at = JavaArguments.classPathIndex(arguments);
    if (at < 0) {
      line.add("-cp");
      line.add(
          environmentClassPath.isEmpty()
              ? library
              : environmentClassPath + File.pathSeparator + library);
      line.addAll(arguments);
      return line;
    }
    for (int i = 0; i < arguments.size(); i++) {
      line.add(i == at ? arguments.get(i) + File.pathSeparator + library : arguments.get(i));
    }
    return line;
  }

  /** What a VM links: MX, its driver, Xen as a domain sees it, and Agrona. */
  private static Set<String> vmLibrary() {
    var entries = new LinkedHashSet<String>();
    for (Class<?> type :
        List.of(Mx.class, NetfrontContext.class, Domain.class, Long2ObjectHashMap.class)) {
      entries.add(home(type));
    }
    return entries;
  }

  /**
   * The jar or directory that a class lies in. Its code source does not say that where the class
   * came out of an archive of classes.
   */
  private static String home(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL found = type.getResource("/" + file);
    if (found == null) {
      throw new IllegalStateException("where does " + type + " come from?");
    }
    String place = found.toString().replaceFirst("^jar:(.*)!/.*$", "$1");
    String home = place.endsWith(file) ? place.substring(0, place.length() - file.length()) : place;
    return Path.of(URI.create(home)).toString();
  }
}
