package io.myrixen.xen.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** With devices that every Linux has. */
final class DeviceFileTest {

  private static final int ENOTTY = 25;
  private static final int EBADF = 9;

  private final MemorySegment bytes = Arena.ofAuto().allocate(16);

  @Test
  void shouldReadAndWrite() {
    try (DeviceFile zero = DeviceFile.open("/dev/zero")) {
      bytes.fill((byte) 1);

      assertEquals(16, zero.write(bytes));
      assertEquals(16, zero.read(bytes));

      assertEquals(-1, bytes.mismatch(MemorySegment.ofArray(new byte[16])));
    }
  }

  @Test
  void shouldReturnTheErrorOfARequestThatTheDeviceDoesNotKnow() {
    try (DeviceFile zero = DeviceFile.open("/dev/zero")) {
      int result = zero.control(0x4705, bytes);

      assertEquals(-ENOTTY, result);
      XenException e = zero.failure(Reason.SYSTEM, "request", result);
      assertTrue(String.valueOf(e.getMessage()).startsWith("request of /dev/zero"), e.getMessage());
    }
  }

  @Test
  void shouldSayThatThereIsNoSuchDevice() {
    XenException e = assertThrows(XenException.class, () -> DeviceFile.open("/dev/no-such-device"));

    assertEquals(Reason.NO_HYPERVISOR, e.reason());
    assertTrue(String.valueOf(e.getMessage()).contains("/dev/no-such-device"), e.getMessage());
  }

  @Test
  void shouldDoNothingOnceItIsClosed() {
    DeviceFile zero = DeviceFile.open("/dev/zero");
    zero.close();
    zero.close();

    assertEquals(-EBADF, zero.read(bytes));
    assertEquals(-EBADF, zero.write(bytes));
    assertEquals(-EBADF, zero.control(0x4705, bytes));
  }
}
