package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;

/**
 * Makes frames of an endpoint's commands: one of each, of a medium message as many as the wire's
 * profile cuts it into. What the port has no room for is held, and goes on where it stopped. NIC's
 * thread.
 */
final class MessageFrames {

  private final Transmitter transmitter;

  MessageFrames(Transmitter transmitter) {
    this.transmitter = transmitter;
  }

  /**
   * Sends what {@code packet}, made of the current command of {@code source}, stands for, or holds
   * the command.
   *
   * @return payload bytes sent now, and 64 for each frame
   */
  int send(NicEndpoint source, Packet packet, RemoteBoard to) {
    if (packet.event().kind == Kind.MEDIUM) {
      return sendFragments(source, packet, to);
    }
    if (transmitter.room() == 0) {
      hold(source, 0);
      return 0;
    }
    Descriptor event = packet.event();
    Frame frame = begin(source, packet, to);
    switch (event.kind) {
      case Kind.TINY -> {
        frame.payloadBytes = event.length;
        transmitter.encode();
        transmitter.payload(event);
      }
      case Kind.SMALL -> {
        frame.payloadBytes = event.length;
        transmitter.encode();
        transmitter.payload(packet, 0, event.length);
      }
      default -> transmitter.encode();
    }
    transmitter.transmit();
    return CommandRunner.COMMAND_COST_BYTES + frame.payloadBytes;
  }

  private int sendFragments(NicEndpoint source, Packet packet, RemoteBoard to) {
    int unit = transmitter.profile().mediumFragmentBytes();
    int length = packet.payloadBytes();
    int progress = source.commands().progress();
    int cost = 0;
    // Begins again if it was another wire that took the first fragments, and cut them otherwise.
    for (int at = progress % unit == 0 ? progress : 0; at < length; at += unit) {
      if (transmitter.room() == 0) {
        hold(source, at);
        return cost;
      }
      Frame frame = begin(source, packet, to);
      int bytes = Math.min(unit, length - at);
      frame.fragmentOffset = at;
      frame.fragmentUnit = unit;
      frame.payloadBytes = bytes;
      transmitter.encode();
      transmitter.payload(packet, at, bytes);
      transmitter.transmit();
      if (at > 0) {
        source.count(NicCounter.MEDIUM, 1); // The command counts for the first one.
      }
      cost += CommandRunner.COMMAND_COST_BYTES + bytes;
    }
    return cost;
  }

  private static void hold(NicEndpoint source, int progress) {
    source.commands().hold(progress);
    source.vm().cutShort = true;
  }

  private Frame begin(NicEndpoint source, Packet packet, RemoteBoard to) {
    Descriptor event = packet.event();
    Frame frame = transmitter.begin(typeOf(event.kind), source.board(), to);
    frame.sourceEndpoint = source.id();
    frame.destinationEndpoint = packet.destinationEndpoint();
    frame.session = event.session;
    frame.sequence = event.sequence;
    frame.ack = event.ack;
    frame.matchInfo = event.matchInfo;
    frame.lengthBytes = event.lengthBytes();
    switch (event.kind) {
      case Kind.RNDV, Kind.NOTIFY -> {
        frame.windowId = event.remoteWindowId();
        frame.windowGeneration = event.remoteWindowGeneration();
      }
      case Kind.ACK -> frame.ackNumber = event.word();
      case Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY -> {
        frame.reply = event.kind == Kind.CONNECT_REPLY;
        frame.keyOrSession = event.word();
        frame.receiveSequenceStart = event.receiveSequenceStart();
        frame.connectSequence = event.connectSequence();
        frame.connectStatus = frame.reply ? event.connectStatus() : 0; // Reserved in requests.
        frame.reverseIndex = to.index();
      }
      case Kind.NACK -> {
        frame.nackType = event.nackType();
        frame.reverseIndex = to.index();
      }
      default -> {}
    }
    return frame;
  }

  private static int typeOf(int kind) {
    return switch (kind) {
      case Kind.ACK -> PacketType.TRUC;
      case Kind.CONNECT_REQUEST, Kind.CONNECT_REPLY -> PacketType.CONNECT;
      default -> kind; // Commands bear the numbers of the packets that they become.
    };
  }
}
