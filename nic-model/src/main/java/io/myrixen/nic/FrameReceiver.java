package io.myrixen.nic;

import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.FrameFault;
import io.myrixen.mx.wire.PacketType;
import io.myrixen.mx.wire.WireProfile;
import java.lang.foreign.MemorySegment;

/**
 * Judges frames and hands each to whom it concerns: packets of libraries become events of the
 * endpoint they are for, all else the firmware acts upon itself. What is wrong with a frame as such
 * is counted and never answered. NIC's thread.
 */
final class FrameReceiver implements FrameSink {

  private static final long REMIND_INTERVAL_NS = 1_000_000_000L;

  private final Wire wire;
  private final WireProfile profile;
  private final Switchboard switchboard;
  private final Discovery discovery;
  private final WireAnswers answers;
  private final WirePulls pulls;
  private final Frame frame = new Frame();
  private final Packet packet = new Packet();

  FrameReceiver(
      Wire wire,
      WireProfile profile,
      Switchboard switchboard,
      Discovery discovery,
      WireAnswers answers,
      WirePulls pulls) {
    this.wire = wire;
    this.profile = profile;
    this.switchboard = switchboard;
    this.discovery = discovery;
    this.answers = answers;
    this.pulls = pulls;
  }

  @Override
  public void onFrame(MemorySegment memory, long offset, int lengthBytes) {
    wire.count(NicCounter.FRAMES_RECEIVED);
    FrameFault fault = frame.read(memory, offset, lengthBytes, profile);
    if (fault != FrameFault.NONE) {
      wire.count(counterOf(fault));
      return;
    }
    try {
      accept(memory, offset);
    } catch (RuntimeException _) {
      // A defect of ours must cost the frame that shows it, not the NIC under every VM.
      wire.count(NicCounter.FRAMES_FAILED);
    }
  }

  private static NicCounter counterOf(FrameFault fault) {
    return switch (fault) {
      case TOO_SHORT -> NicCounter.DROP_BAD_HEADER;
      case TOO_LONG -> NicCounter.DROP_BAD_FRAME_LENGTH;
      case BAD_LENGTH, BAD_FRAGMENT -> NicCounter.DROP_BAD_LENGTH;
      case BAD_BLOCK -> NicCounter.DROP_PULL_BAD_BLOCK;
      case BAD_NAME -> NicCounter.DROP_BAD_NAME;
      case UNKNOWN_CODE -> NicCounter.DROP_UNKNOWN_CODE;
      case UNKNOWN_TYPE -> NicCounter.DROP_UNKNOWN_TYPE;
      case OTHER_PROTOCOL, NONE -> NicCounter.DROP_OTHER_PROTOCOL;
    };
  }

  private void accept(MemorySegment memory, long offset) {
    if (frame.type == PacketType.RAW) {
      wire.count(NicCounter.RECEIVED_RAW);
      discovery.heard(frame);
    } else if (!(wire.route(frame.destination) instanceof LocalBoard to)) {
      wire.count(NicCounter.DROP_NOT_HERE);
    } else if (!(wire.route(frame.source) instanceof RemoteBoard from)) {
      to.count(NicCounter.DROP_BAD_PEER_ADDR, 1);
    } else if (isStray(from)) {
      to.count(NicCounter.DROP_BAD_PEER_INDEX, 1);
      remind(from, to);
    } else {
      from.heardNs = wire.nowNs();
      accept(memory, offset, from, to);
    }
  }

  /**
   * Whether the frame bears an index that is not its sender's. Questions and names are about
   * indexes themselves, and Open-MX sets none in replies to pulls.
   */
  private boolean isStray(RemoteBoard from) {
    return switch (frame.type) {
      case PacketType.HOST_QUERY, PacketType.HOST_REPLY, PacketType.PULL_REPLY -> false;
      default -> frame.peerIndex != Frame.UNKNOWN_INDEX && frame.peerIndex != from.index();
    };
  }

  /** Tells a peer which index is right: it may have learned the other before this NIC began. */
  private void remind(RemoteBoard from, LocalBoard to) {
    if (from.remindAtNs - wire.nowNs() <= 0 && wire.room() > 0) {
      from.remindAtNs = wire.nowNs() + REMIND_INTERVAL_NS;
      to.count(NicCounter.HOST_QUERY, 1);
      discovery.ask(to, from);
    }
  }

  private void accept(MemorySegment memory, long offset, RemoteBoard from, LocalBoard to) {
    switch (frame.type) {
      case PacketType.TINY,
          PacketType.SMALL,
          PacketType.MEDIUM,
          PacketType.RNDV,
          PacketType.NOTIFY,
          PacketType.TRUC ->
          deliver(memory, offset, from, to);
      case PacketType.CONNECT, PacketType.NACK_LIB -> {
        learnIndex(from, to);
        deliver(memory, offset, from, to);
      }
      case PacketType.PULL -> pulls.pull(frame, from, to);
      case PacketType.PULL_REPLY -> pulls.pullReply(frame, memory, offset, from, to);
      case PacketType.NACK_MCP -> pulls.nackMcp(frame, from, to);
      case PacketType.HOST_QUERY -> {
        learnIndex(from, to);
        answers.queried(frame, from, to);
      }
      case PacketType.HOST_REPLY -> {
        learnIndex(from, to);
        answers.replied(frame, memory, offset + frame.payloadOffset, from, to);
      }
      default -> to.count(NicCounter.DROP_UNKNOWN_TYPE, 1);
    }
  }

  private void learnIndex(RemoteBoard from, LocalBoard to) {
    if (frame.reverseIndex != Frame.UNKNOWN_INDEX) {
      to.indexAt(from, frame.reverseIndex);
    }
  }

  private void deliver(MemorySegment memory, long offset, RemoteBoard from, LocalBoard to) {
    packet.set(frame, memory, offset);
    Delivery delivery = switchboard.deliver(to, packet);
    switch (delivery) {
      case DELIVERED -> {}
      case NO_ROOM -> {
        NicEndpoint receiver = to.endpoint(packet.destinationEndpoint());
        if (receiver != null) {
          receiver.count(NicCounter.EVENT_QUEUE_FULL, 1); // It is sent again.
        }
      }
      case BAD_ENDPOINT, ENDPOINT_CLOSED, BAD_SESSION, BAD_RDMA_WINDOW, NIC_UNREACHABLE -> {
        if (isAnswered()) {
          answers.refuse(frame, from, to, delivery.nackType());
        } else {
          boolean session = delivery == Delivery.BAD_SESSION;
          to.count(session ? NicCounter.DROP_BAD_SESSION : NicCounter.DROP_BAD_ENDPOINT, 1);
        }
      }
    }
  }

  /** Nobody waits for an answer to an acknowledgement, a reply or a refusal. */
  private boolean isAnswered() {
    return switch (frame.type) {
      case PacketType.TRUC, PacketType.NACK_LIB -> false;
      case PacketType.CONNECT -> !frame.reply;
      default -> true;
    };
  }
}
