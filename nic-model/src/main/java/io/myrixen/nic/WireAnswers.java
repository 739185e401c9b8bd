package io.myrixen.nic;

import io.myrixen.mx.wire.Frame;
import io.myrixen.mx.wire.PacketType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the firmware says to peers by itself, and what it hears: refusals, names, and whether a NIC
 * is there. As many answers as a peer may have; the rest it can do without, since it asks again.
 * NIC's thread.
 */
final class WireAnswers {

  private final Wire wire;
  private final Transmitter transmitter;
  private final Discovery discovery;
  private final Switchboard switchboard;
  private final List<LocalBoard> boards;
  private final Runnable namesChanged;

  /** Begins with nothing asked; {@code boards} are those of this NIC, as they come and go. */
  WireAnswers(
      Wire wire,
      Transmitter transmitter,
      Discovery discovery,
      Switchboard switchboard,
      List<LocalBoard> boards,
      Runnable namesChanged) {
    this.wire = wire;
    this.transmitter = transmitter;
    this.discovery = discovery;
    this.switchboard = switchboard;
    this.boards = boards;
    this.namesChanged = namesChanged;
  }

  private boolean mayAnswer(RemoteBoard peer, LocalBoard asked) {
    boolean may = transmitter.room() > 0 && peer.mayAnswer(wire.nowNs());
    if (!may) {
      asked.count(NicCounter.ANSWERS_WITHHELD, 1);
    }
    return may;
  }

  /** Refuses what {@code frame}, of a library, brought. */
  void refuse(Frame refused, RemoteBoard from, LocalBoard to, int nackType) {
    if (!mayAnswer(from, to)) {
      return;
    }
    Frame frame = transmitter.begin(PacketType.NACK_LIB, to, from);
    frame.sourceEndpoint = refused.destinationEndpoint;
    frame.destinationEndpoint = refused.sourceEndpoint;
    frame.nackType = nackType;
    frame.sequence = refused.type == PacketType.CONNECT ? 0 : refused.sequence;
    frame.reverseIndex = from.index();
    transmitter.encode();
    transmitter.transmit();
    to.count(NicCounter.NACKS_SENT, 1);
  }

  /** Says the name of {@code asked}. */
  void queried(Frame query, RemoteBoard from, LocalBoard asked) {
    asked.count(NicCounter.RECEIVED_HOST_QUERY, 1);
    if (!mayAnswer(from, asked)) {
      return;
    }
    MemorySegment name = asked.wireName();
    int nameBytes = (int) name.byteSize();
    Frame frame = transmitter.begin(PacketType.HOST_REPLY, asked, from);
    frame.magic = query.magic;
    frame.reverseIndex = from.index();
    frame.payloadBytes = nameBytes;
    transmitter.encode();
    transmitter.payload(0, name, 0, nameBytes);
    transmitter.transmit();
    asked.count(NicCounter.HOST_REPLY, 1);
  }

  /** A peer has said its name, and that it is there; the name lies at {@code offset}. */
  void replied(
      Frame reply, MemorySegment memory, long offset, RemoteBoard from, LocalBoard asking) {
    if (!discovery.knows(reply.magic)) {
      asking.count(NicCounter.DROP_HOST_REPLY_BAD_MAGIC, 1);
      return;
    }
    asking.count(NicCounter.RECEIVED_HOST_REPLY, 1);
    if (from.nameWanted) {
      byte[] name = new byte[reply.payloadBytes - 1]; // A zero ends it.
      MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, offset, name, 0, name.length);
      if (isName(name)) {
        from.hostname(new String(name, StandardCharsets.US_ASCII));
        namesChanged.run();
      } else {
        asking.count(NicCounter.DROP_BAD_NAME, 1);
      }
    }
    if (from.asked) {
      from.asked = false;
      tellWhoAsked(from);
    }
  }

  /** VMs and people get to see it: only what prints, and no blanks. */
  private static boolean isName(byte[] name) {
    for (byte b : name) {
      if (b <= ' ' || b > '~') {
        return false;
      }
    }
    return name.length > 0;
  }

  private void tellWhoAsked(RemoteBoard peer) {
    for (int i = 0; i < boards.size(); i++) {
      LocalBoard board = boards.get(i);
      for (int id = 0; id < board.endpointCount(); id++) {
        NicEndpoint endpoint = board.endpoint(id);
        long cookie = endpoint == null ? HostQueries.NONE : endpoint.hostQueries().take(peer);
        if (endpoint != null && cookie != HostQueries.NONE) {
          switchboard.hostReplied(endpoint, peer.nicId(), (int) cookie);
        }
      }
    }
  }
}
