package io.myrixen.driver.xentest.image;

import io.myrixen.driver.xentest.tool.MissingHereException;
import io.myrixen.driver.xentest.tool.Tool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A Linux kernel as its package has it, made ready: the kernel proper out of the file that boots on
 * a PC, since unpacking it inside an emulated machine takes long; and the modules that serve {@code
 * /dev/xen}.
 */
public final class Kernel {

  /** Of every domain, in the order in which they load. */
  static final List<String> MODULES =
      List.of("xen-privcmd", "xenfs", "xen-evtchn", "xen-gntalloc", "xen-gntdev");

  /** Of domain 0, for a {@code vif}: {@code xl} runs hotplug scripts for devices that it knows. */
  static final String VIF_MODULE = "xen-netback";

  /** How the names of those files begin that are of use here. */
  public static final List<String> FILES =
      Stream.concat(
              Stream.of("vmlinuz-"),
              Stream.concat(MODULES.stream(), Stream.of(VIF_MODULE)).map(name -> name + ".ko"))
          .toList();

  // The boot protocol's header: Documentation/arch/x86/boot.rst of Linux.
  private static final int SETUP_SECTORS_OFFSET = 0x1F1;
  private static final int DEFAULT_SETUP_SECTORS = 4;
  private static final int SECTOR_BYTES = 512;
  private static final int PAYLOAD_OFFSET = 0x248;
  private static final int PAYLOAD_LENGTH = 0x24C;

  /** Behind what xz or zstd have packed, and of no use to them. */
  private static final int UNPACKED_LENGTH_BYTES = 4;

  private static final HexFormat HEX = HexFormat.of();

  private Kernel() {}

  /** Fills {@code target} with {@code vmlinux} and the modules, from an unpacked package. */
  public static void prepare(Path unpacked, Path target) throws IOException, InterruptedException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(unpacked)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.startsWith("vmlinuz-")) {
        Path payload = target.resolve("payload");
        Files.write(payload, payload(Files.readAllBytes(file)));
        unpack(payload, target.resolve("vmlinux"));
        Files.delete(payload);
      } else {
        unpack(file, target.resolve(name.substring(0, name.indexOf(".ko") + 3)));
      }
    }
    Set<String> made = Set.of(list(target));
    for (String file : FILES) {
      if (file.endsWith(".ko") && !made.contains(file)) {
        throw new MissingHereException("apt's kernel has no module " + file);
      }
    }
  }

  private static String[] list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toArray(String[]::new);
    }
  }

  /** Returns the packed kernel out of a file that boots. */
  static byte[] payload(byte[] image) {
    ByteBuffer header = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    int sectors = Byte.toUnsignedInt(header.get(SETUP_SECTORS_OFFSET));
    int setup = ((sectors == 0 ? DEFAULT_SETUP_SECTORS : sectors) + 1) * SECTOR_BYTES;
    int offset = setup + header.getInt(PAYLOAD_OFFSET);
    byte[] payload = new byte[header.getInt(PAYLOAD_LENGTH) - UNPACKED_LENGTH_BYTES];
    header.get(offset, payload);
    return payload;
  }

  /** Unpacks {@code source}, or copies it if it is not packed. */
  private static void unpack(Path source, Path target) throws IOException, InterruptedException {
    byte[] start = new byte[4];
    try (var in = Files.newInputStream(source)) {
      in.readNBytes(start, 0, start.length);
    }
    switch (HEX.formatHex(start)) {
      case "7f454c46" -> Files.copy(source, target);
      case "fd377a58" -> Tool.filter(List.of("xz", "-dc"), source, target);
      case "28b52ffd" -> Tool.filter(List.of("zstd", "-dc"), source, target);
      default ->
          throw new MissingHereException(
              "cannot unpack %s: begins with %s".formatted(source, HEX.formatHex(start)));
    }
  }
}
