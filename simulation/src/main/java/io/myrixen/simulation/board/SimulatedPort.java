package io.myrixen.simulation.board;

import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.window.ControlLines;
import io.myrixen.mx.window.WindowGeometry;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.nic.EndpointConfig;
import io.myrixen.simulation.time.Agenda;
import io.myrixen.simulation.time.StandstillException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** An endpoint's window, and the bells between its VM and the NIC. */
public final class SimulatedPort implements EndpointPort {

  /** Whoever waits without limit, or longer, has waited in vain by then. */
  private static final long LONGEST_WAIT_NS = Duration.ofDays(1).toNanos();

  private final SimulatedBoard board;
  private final Agenda agenda;
  private final EndpointConfig config;
  private final ControlLines control;
  private final Arena arena = Arena.ofShared();
  private final List<SimulatedRegion> regions = new ArrayList<>();

  /** Ends when the NIC touches neither window nor regions any more. */
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();

  private @Nullable EndpointInspection inspection;
  private Runnable listener = () -> {};
  private boolean rung;
  private boolean woken;
  private boolean detached;
  private long raised;
  private int nextRegion;

  SimulatedPort(SimulatedBoard board, int endpointId, int sessionId, WindowGeometry geometry) {
    this.board = board;
    agenda = board.nic().agenda();
    MemorySegment window =
        arena.allocate(new WindowLayout(geometry).lengthBytes(), WindowLayout.PAGE_BYTES);
    control = new ControlLines(window);
    control.initialise();
    config =
        new EndpointConfig(board.nicId(), endpointId, sessionId, geometry, window, this::doorbell);
  }

  EndpointConfig config() {
    return config;
  }

  /** From the NIC: something was written for a VM that said that it sleeps. */
  private void doorbell() {
    rung = true;
    board.vm().notified(this);
    listener.run();
  }

  /** Has {@code listener} run, on top of what the driver does, whenever the NIC rings. */
  public void listener(Runnable listener) {
    this.listener = listener;
  }

  /**
   * Asks the NIC to ring at the next event, as a sleeping library does: for an application that
   * looks only when there is something to see. It looks once more after this.
   */
  public void listen() {
    if (!detached) {
      control.vmAsleep(true);
    }
  }

  /** Who can say what the library does with this endpoint; null before it has begun. */
  public @Nullable EndpointInspection inspection() {
    return inspection;
  }

  @Override
  public int endpointId() {
    return config.endpointId();
  }

  @Override
  public int sessionId() {
    return config.sessionId();
  }

  @Override
  public WindowGeometry geometry() {
    return config.geometry();
  }

  @Override
  public MemorySegment window() {
    return config.window();
  }

  @Override
  public void raise() {
    raised++;
    board.nic().wake();
  }

  @Override
  public long raised() {
    return raised;
  }

  @Override
  public void await(long timeoutNs) {
    boolean limited = timeoutNs >= 0 && timeoutNs <= LONGEST_WAIT_NS;
    long limitNs = agenda.nowNs() + (limited ? timeoutNs : LONGEST_WAIT_NS);
    while (!rung && !woken && !detached) {
      if (!agenda.step(limitNs)) {
        if (!limited) {
          throw new StandstillException("nothing has ended this wait for a day");
        }
        break;
      }
    }
    rung = false;
    woken = false;
  }

  @Override
  public void wakeUp() {
    woken = true;
  }

  @Override
  public void inspectedBy(EndpointInspection inspection) {
    this.inspection = inspection;
  }

  @Override
  public boolean detached() {
    return detached;
  }

  /** Lets the window be dead. Its memory stays until the port is closed. */
  void detach() {
    if (!detached) {
      detached = true;
      board.vm().notified(this);
      listener.run();
    }
  }

  /** Lets the window be dead, which the NIC touches no more. */
  void detachLetGo() {
    detach();
    letGo.complete(null);
  }

  @Override
  public Pending<Region> register(long lengthBytes) {
    var region = new SimulatedRegion(this, nextRegion++, lengthBytes);
    var pending = new Pending<Region>();
    CompletableFuture<Void> added =
        board
            .nic()
            .nic()
            .addRegion(board.nicId(), endpointId(), region.id(), region.memory(), true);
    var _ =
        added.whenComplete((_, refused) -> {
          if (refused == null) {
            regions.add(region);
            pending.complete(region);
          } else {
            region.release();
            pending.fail(SimulatedBoard.translated(refused));
          }
        });
    return pending;
  }

  /** Has the NIC forget a region. */
  CompletableFuture<Void> removeRegion(SimulatedRegion region) {
    regions.remove(region);
    return board.nic().nic().removeRegion(board.nicId(), endpointId(), region.id());
  }

  @Override
  public Pending<Void> close() {
    if (!detached) {
      detached = true; // Nobody rings for it any more.
      var _ =
          board
              .nic()
              .nic()
              .closeEndpoint(board.nicId(), endpointId())
              .whenComplete((_, _) -> letGo.complete(null));
    }
    var pending = new Pending<Void>();
    var _ =
        letGo.whenComplete((_, _) -> {
          board.closed(this);
          release();
          pending.complete(null);
        });
    return pending;
  }

  /** Gives all memory back, which the NIC touches no more. */
  void release() {
    if (arena.scope().isAlive()) {
      regions.forEach(SimulatedRegion::release);
      regions.clear();
      arena.close();
    }
  }
}
