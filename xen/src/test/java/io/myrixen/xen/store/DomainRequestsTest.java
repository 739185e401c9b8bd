package io.myrixen.xen.store;

import static io.myrixen.xen.store.Wire.ok;
import static io.myrixen.xen.store.Wire.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainRequestsTest {

  private static final int GUEST = 3;
  private static final int STUB = 5;

  private final Store store = new Store();
  private final Wire dom0 = new Wire(store, 0);
  private Wire guest = dom0;
  private Wire stub = dom0;

  @BeforeEach
  void startDomains() {
    guest = Wire.ofGuest(store, GUEST);
    stub = Wire.ofGuest(store, STUB);
  }

  @Test
  void shouldKnowWhoIsIntroduced() {
    assertEquals("T\0", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "3\0"));
    assertEquals("T\0", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "32752\0"), "itself");
    assertEquals("F\0", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "77\0"));
    refused("EINVAL", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "self\0"));
  }

  @Test
  void shouldShutADomainOutOnReleaseAndTellOnce() {
    guest.ask(XsType.WRITE, "data/x\0001");
    dom0.ask(XsType.WATCH, "@releaseDomain\0t\0");

    dom0.send(XsType.RELEASE, 0, 0, "3\0");

    assertEquals(List.of("15 @releaseDomain|t|", "9 OK|"), dom0.takeTexts());
    assertEquals(1, guest.ends());
    refused("ENOENT", dom0.ask(XsType.READ, "/local/domain/3/data/x\0"));
    assertEquals("F\0", dom0.ask(XsType.IS_DOMAIN_INTRODUCED, "3\0"));
    refused("ENOENT", dom0.ask(XsType.RELEASE, "3\0"));
    store.release(GUEST);
    assertEquals(List.of(), dom0.takeTexts(), "everybody knows");
  }

  @Test
  void shouldRefuseToReleaseItselfOrWhatIsNotThere() {
    refused("EINVAL", dom0.ask(XsType.RELEASE, "0\0"));
    refused("ENOENT", dom0.ask(XsType.RELEASE, "77\0"));
    refused("EINVAL", dom0.ask(XsType.RELEASE, "\0"));
  }

  @Test
  void shouldIntroduceADomainAgainWhileItLives() {
    ok(dom0.ask(XsType.RELEASE, "3\0"));
    ok(dom0.ask(XsType.WRITE, "/given\0"));
    ok(dom0.ask(XsType.SET_PERMS, "/given\0n3\0"));
    dom0.ask(XsType.WATCH, "@introduceDomain\0t\0");

    dom0.send(XsType.INTRODUCE, 0, 0, "3\0001\0002\0");
    dom0.send(XsType.INTRODUCE, 0, 0, "3\0001\0002\0");

    assertEquals(List.of("15 @introduceDomain|t|", "8 OK|", "8 OK|"), dom0.takeTexts());
    assertEquals("", new Wire(store, GUEST).ask(XsType.READ, "/given\0"));
    store.release(GUEST);
    refused("ENOENT", dom0.ask(XsType.READ, "/given\0"));
    refused("ENOENT", dom0.ask(XsType.INTRODUCE, "3\0001\0002\0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"3\0001\0000\0", "3\0001\0-1\0", "3\0001\0", "3\0001\0x\0", "\0001\0002\0"})
  void shouldRefuseAnIntroductionThatMakesNoSense(String payload) {
    refused("EINVAL", dom0.ask(XsType.INTRODUCE, payload));
  }

  @Test
  void shouldResumeWhoIsThere() {
    ok(dom0.ask(XsType.RESUME, "3\0"));
    refused("ENOENT", dom0.ask(XsType.RESUME, "77\0"));
  }

  @Test
  void shouldGiveADomainTheRightsOfItsTarget() {
    ok(dom0.ask(XsType.WRITE, "/of-guest\0001"));
    ok(dom0.ask(XsType.SET_PERMS, "/of-guest\0n3\0"));
    ok(dom0.ask(XsType.WRITE, "/shown\0002"));
    ok(dom0.ask(XsType.SET_PERMS, "/shown\0n0\0r3\0"));
    refused("EACCES", stub.ask(XsType.READ, "/shown\0"));
    stub.ask(XsType.WATCH, "/of-guest\0t\0");

    ok(dom0.ask(XsType.SET_TARGET, "5\0003\0"));

    assertEquals("2", stub.ask(XsType.READ, "/shown\0"));
    refused("EACCES", stub.ask(XsType.WRITE, "/shown\0003"));
    ok(stub.ask(XsType.WRITE, "/of-guest/x\0001"));
    assertEquals("n5\0", dom0.ask(XsType.GET_PERMS, "/of-guest/x\0"), "its maker owns it");
    ok(stub.ask(XsType.SET_PERMS, "/of-guest\0n3\0r5\0"));
    refused("EACCES", guest.ask(XsType.READ, "/of-guest/x\0"));
    assertTrue(guest.ask(XsType.READ, "/of-guest\0").equals("1"), "a target gains nothing");
  }

  @Test
  void shouldForgetATargetThatEnded() {
    ok(dom0.ask(XsType.SET_TARGET, "5\0003\0"));
    ok(dom0.ask(XsType.WRITE, "/shown\0002"));
    ok(dom0.ask(XsType.SET_PERMS, "/shown\0n0\0r3\0"));
    assertEquals("2", stub.ask(XsType.READ, "/shown\0"));

    store.release(GUEST);

    refused("EACCES", stub.ask(XsType.READ, "/shown\0"));
    refused("ENOENT", dom0.ask(XsType.SET_TARGET, "5\0003\0"));
    refused("ENOENT", dom0.ask(XsType.SET_TARGET, "3\0005\0"));
    refused("EINVAL", dom0.ask(XsType.SET_TARGET, "5\0"));
  }
}
