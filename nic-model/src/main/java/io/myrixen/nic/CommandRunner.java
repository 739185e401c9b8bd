package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;

/** Takes commands from an endpoint's send queue and executes them. */
final class CommandRunner {

  /** What a command costs beside its payload: a slot read and a slot written. */
  static final int COMMAND_COST_BYTES = 64;

  private final Switchboard switchboard;
  private final PullEngine pulls;
  private final CreditRelief relief;
  private final Bells bells;
  private final int batchLimit;
  private final Packet packet = new Packet();
  private final Descriptor answer = new Descriptor();

  CommandRunner(
      Switchboard switchboard, PullEngine pulls, CreditRelief relief, Bells bells, int batchLimit) {
    this.switchboard = switchboard;
    this.pulls = pulls;
    this.relief = relief;
    this.bells = bells;
    this.batchLimit = batchLimit;
  }

  /**
   * Takes a batch from {@code source} at most, and none once {@code budgetBytes} are spent.
   *
   * @return what it cost, in bytes; 0 if nothing could be taken
   * @throws EndpointFault if {@code source} must be closed for what its VM wrote
   */
  long serve(NicEndpoint source, long budgetBytes) {
    CommandQueue commands = source.commands();
    long cost = 0;
    int taken = 0;
    while (taken < batchLimit
        && cost < budgetBytes
        && source.completions().hasRoom()
        && commands.next()) {
      Descriptor command = commands.current();
      CommandJudge.judge(command, source.geometry());
      cost += execute(source, command);
      taken++;
      if (!source.open()) {
        return cost; // It was its own receiver, and at fault as one.
      }
      if (commands.holds()) {
        break;
      }
    }
    if (commands.publish()) {
      bells.touch(source);
    }
    return cost;
  }

  /** Whether the command that {@code source} holds could go on. */
  boolean canResume(NicEndpoint source) {
    Descriptor command = source.commands().current();
    boolean pull = command.kind == Kind.PULL;
    return switch (switchboard.route(command.nicId)) {
      case null -> true;
      case LocalBoard _ -> !pull || !source.pulls().isEmpty();
      case RemoteBoard peer -> pull ? peer.wire().pulls().canBegin(source) : peer.wire().room() > 0;
    };
  }

  /** Executes a command, or holds it. Returns what it cost. */
  private long execute(NicEndpoint source, Descriptor command) {
    return switch (command.kind) {
      case Kind.PULL -> pull(source, command);
      case Kind.HOST_QUERY -> ask(source, command);
      default -> {
        packet.set(source, command, source.commands().currentPosition());
        yield send(source, command);
      }
    };
  }

  private long pull(NicEndpoint source, Descriptor command) {
    if (switchboard.route(command.nicId) instanceof RemoteBoard peer) {
      if (!peer.wire().pulls().begin(source, command, peer)) {
        source.commands().hold();
        return 0;
      }
      taken(source, command);
      return COMMAND_COST_BYTES;
    }
    Pull pull = source.pulls().take();
    if (pull == null) {
      source.commands().hold();
      return 0;
    }
    taken(source, command);
    pulls.begin(source, command, pull);
    return COMMAND_COST_BYTES;
  }

  /** A board of this NIC is there, whatever its VM does; a peer is asked. */
  private long ask(NicEndpoint source, Descriptor command) {
    Route route = switchboard.route(command.nicId);
    if (route instanceof RemoteBoard full && full.wire().room() == 0) {
      source.commands().hold();
      source.vm().cutShort = true;
      return 0;
    }
    taken(source, command);
    switch (route) {
      case null -> refused(source, command, Delivery.NIC_UNREACHABLE);
      case LocalBoard board -> {
        board.count(NicCounter.RECEIVED_HOST_QUERY, 1);
        switchboard.hostReplied(source, board.nicId(), command.word());
      }
      case RemoteBoard peer -> {
        source.hostQueries().ask(peer, command.word());
        peer.wire().discovery().ask(source.board(), peer);
      }
    }
    return COMMAND_COST_BYTES;
  }

  private long send(NicEndpoint source, Descriptor command) {
    int payloadBytes = command.kind == Kind.TINY ? command.length : packet.payloadBytes();
    Route route = switchboard.route(command.nicId);
    if (route instanceof RemoteBoard peer) {
      long cost = peer.wire().messages().send(source, packet, peer);
      if (!source.commands().holds()) {
        source.count(NicCounter.BYTES, payloadBytes);
        taken(source, command);
      }
      return cost;
    }
    source.count(NicCounter.BYTES, payloadBytes);
    taken(source, command);
    if (route instanceof LocalBoard board) {
      deliver(source, command, board);
    } else {
      refused(source, command, Delivery.NIC_UNREACHABLE);
    }
    return (long) COMMAND_COST_BYTES + payloadBytes;
  }

  /**
   * Counts a command: if it is carried out here, before that, since that may close its endpoint.
   */
  private static void taken(NicEndpoint source, Descriptor command) {
    source.count(NicCounter.COMMANDS, 1);
    source.count(NicCounter.ofSent(command.kind), 1);
    boolean message =
        switch (command.kind) {
          case Kind.TINY, Kind.SMALL, Kind.MEDIUM, Kind.RNDV -> true;
          default -> false;
        };
    if (message) {
      source.count(NicCounter.MESSAGES, 1);
    }
  }

  private void deliver(NicEndpoint source, Descriptor command, LocalBoard board) {
    Delivery delivery = switchboard.deliver(board, packet);
    switch (delivery) {
      case DELIVERED -> {}
      case NO_ROOM -> receiverFull(source, command, board);
      case BAD_ENDPOINT, ENDPOINT_CLOSED, BAD_SESSION, BAD_RDMA_WINDOW, NIC_UNREACHABLE -> {
        if (refused(source, command, delivery)) {
          board.count(NicCounter.NACKS_SENT, 1);
        }
      }
    }
  }

  /** Tells a local sender at once; one elsewhere would hear nothing, and send again in time. */
  private void receiverFull(NicEndpoint source, Descriptor command, LocalBoard board) {
    source.count(NicCounter.RECEIVER_FULL, 1);
    NicEndpoint receiver = board.endpoint(command.endpoint);
    if (receiver != null) {
      receiver.count(NicCounter.EVENT_QUEUE_FULL, 1);
      relief.await(receiver, source);
    }
    answer.set(command);
    answer.receiverFull(source.creditEpoch());
    source.completions().write(answer);
    bells.touch(source);
  }

  /** Returns whether the sender has been told. */
  private boolean refused(NicEndpoint source, Descriptor command, Delivery delivery) {
    if (!source.open()) {
      return false;
    }
    boolean answered =
        switch (command.kind) {
          case Kind.ACK, Kind.CONNECT_REPLY, Kind.NACK -> false;
          default -> true;
        };
    if (!answered || !source.receive().hasRoom(0)) {
      source.count(NicCounter.DROPPED, 1);
      return false;
    }
    source.count(delivery.counter(), 1);
    source.count(NicCounter.RECEIVED_NACK, 1);
    answer.clear();
    answer.kind = Kind.NACK;
    answer.endpoint = command.endpoint;
    answer.nicId = command.nicId;
    answer.sequence = command.sequence;
    answer.session = command.session;
    answer.nack(delivery.nackType(), command.kind);
    source.receive().write(answer);
    bells.touch(source);
    return true;
  }
}
