package io.myrixen.driver.command;

import io.myrixen.embedded.MyriXen;
import io.myrixen.embedded.Vm;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;

/**
 * Uses once what commands in domains use, for the archive of their classes: options, devices, a
 * driver domain, VMs, and a message of every class.
 */
final class Training {

  private static final int ID = 1;
  private static final int KEY = 1;
  private static final long MATCH_INFO = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** A tiny, a small, a medium and a large message, in bytes. */
  private static final int[] SIZES = {8, 100, 10_000, 100_000};

  /** Each ends at once where there is no Xen and no driver domain, or nobody of that name. */
  private static final List<String> COMMANDS =
      List.of(
          "xen attach --frontend nobody --backend nobody",
          "xen detach --frontend nobody",
          "status --run-dir /nonexistent",
          "pingpong --peer nobody --sizes 8 --count 1");

  private Training() {}

  /**
   * Runs it, and then the main classes that {@code args} name; what they miss here, they say.
   *
   * @throws ReflectiveOperationException if there is no such class
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    useCommands();
    useSystem();
    for (String name : args) {
      Method main = Class.forName(name).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) new String[0]);
    }
  }

  private static void useCommands() {
    for (String command : COMMANDS) {
      var _ = Main.run(command.split(" "));
    }
  }

  private static void useSystem() {
    try (Arena arena = Arena.ofShared();
        MyriXen system = MyriXen.embedded();
        Vm alice = system.createVm("alice");
        Vm bob = system.createVm("bob");
        Endpoint from = alice.mx().openEndpoint(Mx.ANY_NIC, ID, KEY);
        Endpoint to = bob.mx().openEndpoint(Mx.ANY_NIC, ID, KEY)) {
      EndpointAddress peer = from.connectWhenOpen("bob", ID, KEY, PATIENCE);
      Request receive = to.newRequest();
      Status status = new Status();
      for (int size : SIZES) {
        MemorySegment memory = arena.allocate(size);
        to.irecv(arena.allocate(size), MATCH_INFO, Mx.MATCH_EXACT, receive);
        from.isend(memory, peer, MATCH_INFO, null);
        to.await(receive, PATIENCE, status);
      }
    }
  }
}
