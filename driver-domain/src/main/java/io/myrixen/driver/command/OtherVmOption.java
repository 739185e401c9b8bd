package io.myrixen.driver.command;

import io.myrixen.driver.fleet.PairedGuests;
import io.myrixen.driver.guest.ServingGuest;
import io.myrixen.driver.process.BoardWay;
import io.myrixen.driver.process.Lifetime;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import io.myrixen.mx.board.Board;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --serve} and {@code --peer}: two VMs, in each of which somebody gives a command. */
final class OtherVmOption {

  /** A driver domain that is started again is there within seconds. */
  private static final Duration RETURN_LIMIT = Duration.ofMinutes(2);

  private static final long LOOK_MS = 100;

  @Option(
      names = "--serve",
      description = "Serve those who measure with --peer, one after the other, until SIGTERM.")
  private boolean serving;

  @Option(
      names = "--peer",
      paramLabel = "VM",
      description = "Measure with the VM of that name, where --serve runs, and create none.")
  private @Nullable String peer;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = {
        "With --serve or --peer: name of the VM that this process becomes (default: pong or ping).",
        "Not on Xen, where it is one already."
      })
  private @Nullable String name;

  /** Whether this process is to serve. */
  boolean serves() {
    return serving;
  }

  /** With whom to measure, or null if with a VM of our own. */
  @Nullable String peer() {
    return peer;
  }

  /** Checks that the options go together. */
  void check(RunDirectoryOption runDirectory) {
    if (serving && peer != null) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "either --serve or --peer, not both");
    }
    if (!serving && peer == null && name != null) {
      throw new CommandFailure(ExitCode.BAD_USAGE, "--name goes with --serve or --peer");
    }
    if (!serving && peer == null && runDirectory.onXen()) {
      throw new CommandFailure(
          ExitCode.BAD_USAGE,
          "on Xen no VM can be created here: run it with --serve in one VM and with --peer and the"
              + " name of that VM in another; or give a --run-dir, for VMs that are processes");
    }
  }

  /** Connects with the one who serves. */
  PairedGuests connect(
      RunDirectoryOption runDirectory, BoardWay way, long largestBytes, Lifetime lifetime) {
    Mx mx = lifetime.keep(open(runDirectory, way, lifetime));
    return lifetime.keep(PairedGuests.connect(mx, String.valueOf(peer), largestBytes));
  }

  /** Serves until a signal comes; where the driver domain goes, on when it has come back. */
  int serve(RunDirectoryOption runDirectory, BoardWay way) throws InterruptedException {
    try (Lifetime lifetime = Lifetime.ofService()) {
      Mx mx = lifetime.keep(open(runDirectory, way, lifetime));
      while (!lifetime.signalled()) {
        try {
          ServingGuest.serve(mx, OtherVmOption::say);
        } catch (MxException e) {
          if (!lifetime.signalled()) {
            awaitBoard(mx, e, lifetime);
          }
        }
      }
    }
    return ExitCode.DONE;
  }

  private static void awaitBoard(Mx mx, MxException cause, Lifetime lifetime)
      throws InterruptedException {
    long startNs = System.nanoTime();
    if (mx.boards().stream().allMatch(Board::connected)) {
      throw new CommandFailure(ExitCode.FOUND_WRONG, String.valueOf(cause.getMessage()), cause);
    }
    say("serves nobody: " + cause.getMessage());
    while (!mx.boards().stream().allMatch(Board::connected) && !lifetime.signalled()) {
      if (System.nanoTime() - startNs > RETURN_LIMIT.toNanos()) {
        throw new CommandFailure(ExitCode.FOUND_WRONG, "the driver domain does not come back");
      }
      Thread.sleep(LOOK_MS);
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private Mx open(RunDirectoryOption runDirectory, BoardWay way, Lifetime lifetime) {
    try {
      if (runDirectory.onXen() && way != BoardWay.NATIVE) {
        if (name != null || way != BoardWay.VM) {
          throw new CommandFailure(
              ExitCode.BAD_USAGE,
              "on Xen a VM has the name and the board that it was given: no --name, no --board "
                  + BoardWay.RELAYED);
        }
        return Mx.init();
      }
      String vm = name != null ? name : serving ? "pong" : "ping";
      return Mx.init(lifetime.keep(way.open(runDirectory.path(), vm)).attach());
    } catch (MxException e) {
      throw new CommandFailure(ExitCode.MISSING, String.valueOf(e.getMessage()), e);
    }
  }
}
