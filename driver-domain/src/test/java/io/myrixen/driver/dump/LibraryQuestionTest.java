package io.myrixen.driver.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.myrixen.driver.dump.Answer.Told;
import io.myrixen.driver.dump.Answer.Untold;
import io.myrixen.mx.control.DumpKeys;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.bus.DeviceNodes;
import io.myrixen.xen.bus.DeviceTree;
import io.myrixen.xen.local.Hypervisor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a VM may answer to the toolstack's question, and what becomes of it. */
final class LibraryQuestionTest {

  private final Hypervisor hypervisor = new Hypervisor();
  private final Domain vm = hypervisor.createDomain("vm");
  private final Domain driver = hypervisor.createDomain("driver");
  private final DeviceNodes device = new DeviceNodes(vm.domid(), driver.domid(), 0);
  private final XenStore toolstack = hypervisor.toolstackStore();
  private final String path = device.frontend() + "/";

  LibraryQuestionTest() {
    new DeviceTree(toolstack).create(device, Map.of(), Map.of());
  }

  @AfterEach
  void closeHypervisor() {
    hypervisor.close();
  }

  /** Asks a VM that writes what {@code answer} returns, given the id it was asked under. */
  private Answer ask(BiFunction<String, XenStore, String> answer) throws Exception {
    CompletableFuture<Void> guest =
        CompletableFuture.runAsync(() -> {
          try (XenStore store = vm.openStore()) {
            String request = store.find(path + DumpKeys.REQUEST);
            while (request == null) {
              Thread.onSpinWait();
              request = store.find(path + DumpKeys.REQUEST);
            }
            String id = request.split(" ", 2)[0];
            store.write(path + DumpKeys.ANSWER, answer.apply(id, store));
          }
        });
    Answer answered = new LibraryQuestion(toolstack, device, LibraryQuestion.LIMIT).ask(5);
    guest.get();
    return answered;
  }

  private void part(XenStore store, int number, String text) {
    store.write(path + DumpKeys.PART_PREFIX + number, text);
  }

  private static String untold(Answer answer) {
    return answer instanceof Untold untold ? untold.why() : "told";
  }

  @Test
  void shouldPutAnAnswerTogetherAndLeaveNothing() throws Exception {
    Answer answer =
        ask((id, store) -> {
          part(store, 0, "endpoint id=5\npos");
          part(store, 1, "ted receives=0");
          return id + " 2";
        });
    var lines =
        List.of(
            new DumpLine("endpoint", Map.of("id", "5")),
            new DumpLine("posted", Map.of("receives", "0")));
    assertEquals(new Told(lines), answer);
    assertNull(toolstack.find(path + DumpKeys.DIRECTORY));
  }

  @Test
  void shouldBelieveNoVm() throws Exception {
    assertTrue(untold(ask((id, _) -> id + " 0")).contains("not open"));
    assertTrue(untold(ask((id, _) -> id + " -1")).contains("busy"));
    assertTrue(untold(ask((id, _) -> id + " 3")).contains("lacks a part"));
    assertTrue(untold(ask((id, _) -> id + " 99999999999")).contains("makes no sense"));
    assertTrue(untold(ask((id, _) -> id + " -2")).contains("makes no sense"));
    assertTrue(untold(ask((_, _) -> "1x 1")).contains("makes no sense"));
    assertTrue(untold(ask((_, _) -> "")).contains("makes no sense"));
    Answer many =
        ask((id, store) -> {
          for (int i = 0; i < 20; i++) {
            part(store, i, "a");
          }
          return id + " 20";
        });
    assertTrue(untold(many).contains("lacks a part"));
    Answer escape =
        ask((id, store) -> {
          part(store, 0, "endpoint id=\u001b[2J");
          return id + " 1";
        });
    assertTrue(untold(escape).contains("makes no sense"));
    assertNull(toolstack.find(path + DumpKeys.DIRECTORY));
  }

  @Test
  void shouldGiveASilentVmUp() throws Exception {
    var question = new LibraryQuestion(toolstack, device, Duration.ofMillis(20));
    assertTrue(untold(question.ask(5)).contains("does not answer"));
    assertNull(toolstack.find(path + DumpKeys.DIRECTORY));
  }

  @Test
  void shouldNotBringADeviceBackThatIsGone() throws Exception {
    new DeviceTree(toolstack).remove(device);
    var question = new LibraryQuestion(toolstack, device, LibraryQuestion.LIMIT);
    assertEquals("the device is gone", untold(question.ask(5)));
    assertNull(toolstack.find(device.frontend()));
  }
}
