package io.myrixen.xen.devices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** What is said where there is no Xen. */
@DisabledIf("inDomain")
final class WithoutXenTest {

  static boolean inDomain() {
    return Files.exists(Path.of("/dev/xen"));
  }

  @Test
  void shouldSayThatThisKernelDoesNotRunUnderXen() {
    assertFalse(XenDomain.present());

    XenException e = assertThrows(XenException.class, XenDomain::attach);

    assertEquals(Reason.NO_HYPERVISOR, e.reason());
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith("open of /dev/xen/xenbus"), message);
    assertTrue(message.endsWith("this kernel does not run in a domain of Xen"), message);
  }

  @Test
  void shouldNameTheModuleOfADeviceThatIsMissing() {
    XenException e = assertThrows(XenException.class, XenDevice.GNTALLOC::open);

    String message = String.valueOf(e.getMessage());
    assertTrue(message.endsWith("modprobe xen-gntalloc"), message);
  }
}
