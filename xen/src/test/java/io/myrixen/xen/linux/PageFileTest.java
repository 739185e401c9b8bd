package io.myrixen.xen.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PageFileTest {

  private static PageRange map(PageFile file, boolean writable) {
    var whole = new PageRange.Piece(file.descriptor(), 0, file.pageCount());
    return PageRange.map(List.of(whole), writable);
  }

  private static Path inProc(PageFile file) {
    return Path.of("/proc/self/fd/" + file.descriptor().number());
  }

  @Test
  void shouldLeaveOnlyTheFirstWriterWhenNewOnesAreForbidden() {
    try (PageFile file = PageFile.writableUntilForbidden(2);
        PageRange owner = map(file, true)) {
      file.forbidNewWriters();

      XenException e = assertThrows(XenException.class, () -> map(file, true));
      assertEquals(Reason.SYSTEM, e.reason(), e.getMessage());
      owner.memory().set(JAVA_BYTE, 4096, (byte) 5);
      try (PageRange reader = map(file, false)) {
        assertEquals(5, reader.memory().get(JAVA_BYTE, 4096));
      }
    }
  }

  /** A descriptor can be opened again through /proc with other rights: the seal must hold there. */
  @Test
  void shouldForbidWritingThroughProcToo() throws IOException {
    try (PageFile file = PageFile.writableUntilForbidden(1);
        PageRange owner = map(file, true);
        FileChannel again = FileChannel.open(inProc(file), StandardOpenOption.WRITE)) {
      file.forbidNewWriters();

      assertThrows(IOException.class, () -> again.write(ByteBuffer.wrap(new byte[] {1}), 0));
      assertEquals(0, owner.memory().get(JAVA_BYTE, 0));
    }
  }

  @Test
  void shouldNeitherShrinkNorGrow() throws IOException {
    try (PageFile file = PageFile.writable(2);
        FileChannel channel = FileChannel.open(inProc(file), StandardOpenOption.WRITE)) {
      assertThrows(IOException.class, () -> channel.truncate(4096));
      assertThrows(IOException.class, () -> channel.write(ByteBuffer.wrap(new byte[1]), 8192));
      assertEquals(8192, channel.size());
    }
  }

  @Test
  void shouldTakeNoFurtherSealFromAGrantee() {
    try (PageFile file = PageFile.writable(1)) {
      assertThrows(XenException.class, file::forbidNewWriters);
      map(file, true).close();
    }
  }

  @Test
  void shouldCloseANumberOnlyWhenTheLastHolderLetsGo() {
    PageFile file = PageFile.writable(1);
    Descriptor descriptor = file.descriptor();
    assertTrue(descriptor.hold());
    file.close();

    assertTrue(Files.exists(inProc(file)));
    assertFalse(descriptor.hold());
    descriptor.letGo();
    assertThrows(XenException.class, descriptor::duplicate);
    assertThrows(XenException.class, () -> map(file, false));
  }

  @Test
  void shouldUnmapWhatItBeganWhenAPieceCannotBeMapped() {
    PageFile closed = PageFile.writable(1);
    closed.close();
    try (PageFile file = PageFile.writable(1)) {
      List<PageRange.Piece> pieces =
          List.of(
              new PageRange.Piece(file.descriptor(), 0, 1),
              new PageRange.Piece(closed.descriptor(), 0, 1));
      XenException e = assertThrows(XenException.class, () -> PageRange.map(pieces, true));
      assertEquals(Reason.BAD_REFERENCE, e.reason());
    }
  }
}
