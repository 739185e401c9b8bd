package io.myrixen.netfront;

import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.xen.EventChannel;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.linux.UnixStream;
import io.myrixen.xen.ring.PeerFaultException;
import java.util.List;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;

/**
 * The way to the one board of a native process: a socket of the driver domain's. It goes with the
 * driver domain and does not come back.
 */
final class NativeFront implements Front {

  private static final System.Logger LOG = System.getLogger(NativeFront.class.getName());

  private final NanoClock clock;
  private final TaskQueue tasks;
  private final Link link;
  private final VmBoard board;
  private volatile boolean connected;
  private volatile boolean refused;
  private volatile String status = "not answered yet";

  /** Asks over {@code stream}, which it closes, for a board named {@code hostname}. */
  NativeFront(
      UnixStream stream,
      String hostname,
      NetfrontContext context,
      NanoClock clock,
      Waiter waiter,
      Function<EventChannel, PortSleep> sleeps) {
    long nowNs = clock.nanoTime();
    this.clock = clock;
    this.tasks = new TaskQueue(waiter, nowNs);
    this.board = new VmBoard(new Control(tasks, sleeps), 0);
    this.link =
        new Link(
            new StreamTransport(stream),
            new NativeSupply(stream),
            context.requestTimeoutNs(),
            waiter);
    link.submit(new Introduction(hostname), nowNs);
  }

  @Override
  public int doWork() {
    long nowNs = clock.nanoTime();
    tasks.nowNs(nowNs);
    int work = tasks.run();
    try {
      work += link.doWork(nowNs);
      if (!link.lost() && link.peerGone()) {
        work++;
        lose("the driver domain is gone");
      }
    } catch (PeerFaultException e) {
      LOG.log(WARNING, "board {0}: {1}", board.number(), e.getMessage());
      lose("the driver domain broke the protocol: " + e.getMessage());
      work++;
    }
    return work;
  }

  private void lose(String reason) {
    connected = false;
    status = refused ? status : reason;
    refused = true;
    board.disconnect();
    link.lose(new MxException(ReturnCode.NIC_DEAD, reason));
    link.release();
  }

  @Override
  public long nextDeadlineNs() {
    return link.nextDeadlineNs(tasks.nowNs());
  }

  @Override
  public List<Board> boards() {
    return board.known() ? List.of(board) : List.of();
  }

  @Override
  public boolean allConnected() {
    return connected;
  }

  @Override
  public boolean anyDevice() {
    return true;
  }

  @Override
  public boolean refused() {
    return refused;
  }

  @Override
  public String status() {
    return status;
  }

  /** Hangs up: the driver domain takes everything back by itself. */
  @Override
  public void leave() {
    lose("the board was given back");
  }

  @Override
  public boolean left() {
    return true;
  }

  @Override
  public void fail(String reason) {
    lose(reason);
  }

  @Override
  public void abort(String reason) {
    lose(reason);
    link.releasePorts();
  }

  @Override
  public void close() {
    tasks.close();
  }

  /** Asks for the board. */
  private final class Introduction extends Call {

    Introduction(String hostname) {
      super(new ControlRequest.OpenBoard(hostname, ControlRing.VERSION_MAX, WindowLayout.VERSION));
    }

    @Override
    void answered(ControlResponse response) {
      if (response.result() instanceof ControlResponse.Board info) {
        board.connect(link, info);
        connected = true;
        status = "connected";
      } else {
        late(refusal(response));
      }
    }

    @Override
    void late(MxException failure) {
      status = "no native board: " + failure.getMessage();
      refused = true;
    }

    @Override
    void lost(MxException cause) {
      late(cause);
    }
  }
}
