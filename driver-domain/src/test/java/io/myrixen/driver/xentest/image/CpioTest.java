package io.myrixen.driver.xentest.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpioTest {

  private static final int HEADER_BYTES = 110;
  private static final int FIELD_DIGITS = 8;

  @TempDir private Path directory = Path.of("");

  private byte[] archive = {};
  private int at;

  private int field(int index) {
    int start = at + 6 + index * FIELD_DIGITS;
    return Integer.parseInt(new String(archive, start, FIELD_DIGITS, UTF_8), 16);
  }

  private static int padded(int length) {
    return (length + 3) / 4 * 4;
  }

  /** Reads the archive as the kernel does, and says what it finds. */
  private List<String> entries() {
    List<String> found = new ArrayList<>();
    String name = "";
    for (at = 0; !name.equals("TRAILER!!!"); ) {
      assertEquals("070701", new String(archive, at, 6, UTF_8));
      int nameLength = field(11);
      name = new String(archive, at + HEADER_BYTES, nameLength - 1, UTF_8);
      int mode = field(1);
      int size = field(6);
      int data = padded(at + HEADER_BYTES + nameLength);
      String content = new String(archive, data, size, UTF_8);
      found.add("%s %o %d %s".formatted(name, mode, field(5), content).strip());
      at = padded(data + size);
    }
    return found;
  }

  @Test
  void shouldHoldWhatTheKernelReads() throws IOException {
    Path source = Files.writeString(directory.resolve("source"), "abcde");
    Files.setLastModifiedTime(source, FileTime.fromMillis(7_000));
    Path file = directory.resolve("archive");
    try (var cpio = new Cpio(file)) {
      cpio.directory("proc");
      cpio.file("a/b/c", source);
      cpio.text("a/t", "x");
      cpio.link("l", "a/t");
    }
    archive = Files.readAllBytes(file);

    assertEquals(
        List.of(
            "proc 40755 0",
            "a 40755 0",
            "a/b 40755 0",
            "a/b/c 100755 7 abcde",
            "a/t 100755 0 x",
            "l 120755 0 a/t",
            "TRAILER!!! 0 0"),
        entries());
    assertEquals(archive.length, at);
  }

  @Test
  void shouldTakeTheKernelOutOfWhatBoots() {
    byte[] image = new byte[4_000];
    image[0x1F1] = 2; // Sectors behind the first.
    image[0x248] = 16;
    image[0x24C] = 9;
    byte[] packed = {1, 2, 3, 4, 5};
    System.arraycopy(packed, 0, image, 3 * 512 + 16, packed.length);

    assertArrayEquals(packed, Kernel.payload(image));
  }
}
