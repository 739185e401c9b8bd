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
      if (command.kind == Kind.PULL) {
        Pull pull = source.pulls().take();
        if (pull == null) {
          commands.hold();
          break;
        }
        taken(source, command);
        pulls.begin(source, command, pull);
        cost += COMMAND_COST_BYTES;
      } else {
        taken(source, command);
        cost += COMMAND_COST_BYTES + send(source, command);
      }
      taken++;
      if (!source.open()) {
        return cost; // It was its own receiver, and at fault as one.
      }
    }
    if (commands.publish()) {
      bells.touch(source);
    }
    return cost;
  }

  /** Counts a command before it is carried out: that may close its endpoint. */
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

  private int send(NicEndpoint source, Descriptor command) {
    if (command.kind == Kind.HOST_QUERY) {
      answerForHost(source, command);
      return 0;
    }
    packet.set(source, command, source.commands().currentPosition());
    int payloadBytes = command.kind == Kind.TINY ? command.length : packet.payloadBytes();
    source.count(NicCounter.BYTES, payloadBytes);
    Delivery delivery = switchboard.send(command.nicId, packet);
    switch (delivery) {
      case DELIVERED -> {}
      case NO_ROOM -> receiverFull(source, command);
      case BAD_ENDPOINT, ENDPOINT_CLOSED, BAD_SESSION, BAD_RDMA_WINDOW, NIC_UNREACHABLE ->
          refused(source, command, delivery);
    }
    return payloadBytes;
  }

  /** Tells a local sender at once; one elsewhere would hear nothing, and send again in time. */
  private void receiverFull(NicEndpoint source, Descriptor command) {
    source.count(NicCounter.RECEIVER_FULL, 1);
    if (switchboard.route(command.nicId) instanceof LocalBoard board) {
      NicEndpoint receiver = board.endpoint(command.endpoint);
      if (receiver != null) {
        receiver.count(NicCounter.EVENT_QUEUE_FULL, 1);
        relief.await(receiver, source);
      }
    }
    answer.set(command);
    answer.receiverFull(source.creditEpoch());
    source.completions().write(answer);
    bells.touch(source);
  }

  /** Answers for a board of this NIC, whose VM has no part in it. */
  private void answerForHost(NicEndpoint source, Descriptor command) {
    if (switchboard.route(command.nicId) == null) {
      refused(source, command, Delivery.NIC_UNREACHABLE);
    } else if (source.receive().hasRoom(0)) {
      answer.clear();
      answer.kind = Kind.HOST_REPLY;
      answer.nicId = command.nicId;
      answer.word(command.word());
      source.count(NicCounter.RECEIVED_HOST_REPLY, 1);
      source.receive().write(answer);
      bells.touch(source);
    } else {
      source.count(NicCounter.DROPPED, 1);
    }
  }

  private void refused(NicEndpoint source, Descriptor command, Delivery delivery) {
    if (!source.open()) {
      return;
    }
    boolean answered = command.kind != Kind.ACK && command.kind != Kind.CONNECT_REPLY;
    if (!answered || !source.receive().hasRoom(0)) {
      source.count(NicCounter.DROPPED, 1);
      return;
    }
    source.count(delivery.counter(), 1);
    source.count(NicCounter.RECEIVED_NACK, 1);
    if (switchboard.route(command.nicId) instanceof LocalBoard board) {
      board.count(NicCounter.NACKS_SENT, 1);
    }
    answer.clear();
    answer.kind = Kind.NACK;
    answer.endpoint = command.endpoint;
    answer.nicId = command.nicId;
    answer.sequence = command.sequence;
    answer.session = command.session;
    answer.nack(delivery.nackType(), command.kind);
    source.receive().write(answer);
    bells.touch(source);
  }
}
