package io.myrixen.driver.xentest.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.myrixen.driver.xentest.tool.MissingHereException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The files that the machine boots from. Every domain has the same file system, in memory: shell, C
 * library, Java runtime, our programs, and scripts; domain 0 has the toolstack besides, and the
 * images of the others.
 *
 * @param xen the hypervisor, unpacked
 * @param vmlinux the kernel of all domains
 * @param dom0 domain 0's file system
 */
public record Images(Path xen, Path vmlinux, Path dom0) {

  /** Scripts that lie beside this class, by where they go; all domains run the first. */
  private static final List<String> SCRIPTS =
      List.of("init", "domain.sh", "dom0.sh", "steps-lib.sh", "bin/quick");

  private static final List<String> TOOLSTACK =
      List.of("xl", "xenstored", "xenconsoled", "xen-init-dom0");

  private static final List<String> STORE_TOOLS =
      List.of("ls", "read", "write", "list", "chmod", "rm", "exists", "watch");

  private static final List<String> LIBRARY_DIRECTORIES =
      List.of("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu");

  private static final String ARCHIVED = "-XX:SharedArchiveFile=/program/classes.jsa -Xshare:auto";

  private static final String FLAGS = String.join(" ", JavaRuntime.FLAGS);

  private static final String MAIN = "io.myrixen.driver.command.Main";

  private static final String LOADER = "ld-linux-x86-64.so.2";

  /**
   * What images are made of.
   *
   * @param xen Debian's packages of Xen and its libraries, unpacked
   * @param kernel {@code vmlinux} and modules
   * @param runtime a Java runtime
   * @param program our jars, and the archive of their classes
   * @param plan the steps to take, in order
   */
  public record Parts(Path xen, Path kernel, Path runtime, Path program, List<String> plan) {}

  /** Makes images in {@code directory}. */
  public static Images build(Parts parts, Path directory) throws IOException {
    Path xen = directory.resolve("xen");
    unpackHypervisor(parts.xen(), xen);
    Path vmlinux = parts.kernel().resolve("vmlinux");
    Path domain = directory.resolve("domain.cpio");
    try (var cpio = new Cpio(domain)) {
      common(cpio, parts);
    }
    Path dom0 = directory.resolve("dom0.cpio");
    try (var cpio = new Cpio(dom0)) {
      common(cpio, parts);
      toolstack(cpio, parts);
      cpio.file("domain/vmlinux", vmlinux);
      cpio.file("domain/initrd", domain);
    }
    Files.delete(domain);
    return new Images(xen, vmlinux, dom0);
  }

  private static void unpackHypervisor(Path tree, Path target) throws IOException {
    Path packed;
    try (Stream<Path> boot = Files.list(tree.resolve("boot"))) {
      packed =
          boot.filter(file -> file.getFileName().toString().matches("xen-\\d.*\\.gz"))
              .findFirst()
              .orElseThrow(() -> new MissingHereException("no hypervisor in " + tree));
    }
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, target);
    }
  }

  private static void common(Cpio cpio, Parts parts) throws IOException {
    for (String directory : List.of("proc", "sys", "dev", "tmp", "run", "etc", "var/log/xen")) {
      cpio.directory(directory);
    }
    cpio.link("usr", ".");
    cpio.link("lib64/" + LOADER, "../lib/x86_64-linux-gnu/" + LOADER);
    for (String directory : LIBRARY_DIRECTORIES) {
      libraries(cpio, parts.xen().resolve(directory));
    }
    cpio.file("bin/busybox", find(parts.xen(), "bin/busybox"));
    for (String tool : STORE_TOOLS) {
      cpio.file("bin/xenstore-" + tool, find(parts.xen(), "usr/bin/xenstore-" + tool));
    }
    for (String module : Kernel.MODULES) {
      module(cpio, parts, module);
    }
    cpio.text("modules/order", String.join("\n", Kernel.MODULES) + "\n");
    cpio.tree("java/bin", parts.runtime().resolve("bin"));
    cpio.tree("java/conf", parts.runtime().resolve("conf"));
    cpio.tree("java/lib", parts.runtime().resolve("lib"));
    cpio.tree("program", parts.program());
    Path lib = parts.program().resolve("lib");
    String classPath = JavaRuntime.classPath(lib, Path.of("/program/lib"));
    cpio.text(
        "bin/jvm", script("/java/bin/java %s %s -cp %s".formatted(FLAGS, ARCHIVED, classPath)));
    cpio.text("bin/myrixen", script("jvm " + MAIN));
    for (String script : SCRIPTS) {
      cpio.text(script, resource(script));
    }
  }

  private static void module(Cpio cpio, Parts parts, String name) throws IOException {
    cpio.file("modules/" + name + ".ko", parts.kernel().resolve(name + ".ko"));
  }

  private static void libraries(Cpio cpio, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(directory)) {
      files =
          list.filter(file -> Files.isRegularFile(file))
              .filter(file -> file.getFileName().toString().contains(".so"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      cpio.file("lib/x86_64-linux-gnu/" + file.getFileName(), file);
    }
  }

  private static void toolstack(Cpio cpio, Parts parts) throws IOException {
    for (String tool : TOOLSTACK) {
      cpio.file("bin/" + tool, program(parts.xen(), tool));
    }
    module(cpio, parts, Kernel.VIF_MODULE);
    cpio.text("etc/xen/scripts/vif-mx", resource("vif-mx"));
    cpio.text("plan", String.join("\n", parts.plan()) + "\n");
    for (String step : parts.plan()) {
      cpio.text("steps/" + step + ".sh", resource("steps/" + step + ".sh"));
    }
  }

  private static Path find(Path tree, String path) {
    Path file = tree.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new MissingHereException("Debian's packages have no " + path);
    }
    return file;
  }

  /** The toolstack's programs lie in a directory that has Xen's version in its name. */
  private static Path program(Path tree, String name) throws IOException {
    try (Stream<Path> versions = Files.list(tree.resolve("usr/lib"))) {
      return versions
          .map(directory -> directory.resolve("bin").resolve(name))
          .filter(Files::isRegularFile)
          .findFirst()
          .orElseThrow(() -> new MissingHereException("Debian's packages have no " + name));
    }
  }

  private static String script(String command) {
    return "#!/bin/sh\nexec %s \"$@\"\n".formatted(command);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = Images.class.getResourceAsStream("/io/myrixen/driver/xentest/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no script " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
