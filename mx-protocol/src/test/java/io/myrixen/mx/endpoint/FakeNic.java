package io.myrixen.mx.endpoint;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;
import io.myrixen.mx.window.NackType;
import io.myrixen.mx.window.RdmaWindowEntry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A NIC for tests: one thread, no scheduling, and whatever fate a test wants for each command. It
 * believes its endpoints, but checks what a real one would close them for.
 */
final class FakeNic {

  /** What becomes of a command. */
  enum Fate {
    DELIVER,
    DROP,
    DUPLICATE,
    DELAY,
    FULL,
    UNREACHABLE
  }

  /**
   * Decides about each command that is not a pull, of a message in fragments about each of them.
   */
  interface Plan {
    Fate fate(Descriptor command);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Packet(NicSide to, Descriptor event, byte[] payload, int dueStep) {}

  private static final class PullUnderWay {
    final NicSide puller;
    final NicSide owner;
    final Descriptor command;
    final RdmaWindowEntry.Copy source;
    final RdmaWindowEntry.Copy sink;
    long moved;
    int seeks;

    PullUnderWay(
        NicSide puller,
        NicSide owner,
        Descriptor command,
        RdmaWindowEntry.Copy source,
        RdmaWindowEntry.Copy sink) {
      this.puller = puller;
      this.owner = owner;
      this.command = command;
      this.source = source;
      this.sink = sink;
    }
  }

  static final int DELAY_STEPS = 7;

  final List<NicSide> sides = new ArrayList<>();
  private final List<Packet> delayed = new ArrayList<>();
  private final List<PullUnderWay> pulls = new ArrayList<>();
  private int steps;

  Plan plan = _ -> Fate.DELIVER;

  /** Bytes a pull moves in a step. */
  int chunkBytes = 8_192;

  /** How often each pull from a staged source into a fixed sink loses all and begins again. */
  int seeks;

  /** Into how many bytes a wire cuts medium messages; 0 if they come whole, as on one NIC. */
  int fragmentBytes;

  /** What lies between the boards; null if all are of this NIC. */
  @Nullable FakeWire wire;

  /** Whether pulls move at all. */
  boolean pulling = true;

  @Nullable NicSide find(long nicId, int endpointId) {
    for (NicSide side : sides) {
      if (side.nicId == nicId && side.endpointId == endpointId) {
        return side;
      }
    }
    return null;
  }

  private boolean reachable(long nicId) {
    return nicId >= World.FIRST_NIC && nicId < World.FIRST_NIC + World.BOARDS;
  }

  /** Removes an endpoint; pulls that touch it are aborted. */
  void close(NicSide side) {
    sides.remove(side);
    Iterator<PullUnderWay> each = pulls.iterator();
    while (each.hasNext()) {
      PullUnderWay pull = each.next();
      if (pull.puller == side) {
        each.remove();
      } else if (pull.owner == side) {
        each.remove();
        pulled(pull.puller, pull.command, NackType.ABORTED, pull.moved);
      }
    }
  }

  /** Does everything there is to do. Returns whether there was anything. */
  boolean step() {
    steps++;
    boolean worked = false;
    for (NicSide side : List.copyOf(sides)) {
      Descriptor command = new Descriptor();
      while (side.commands.poll(command)) {
        worked = true;
        execute(side, command);
        command = new Descriptor();
      }
      side.control.commandsConsumedRelease(side.commands.position());
      side.moveCredit();
    }
    Iterator<Packet> each = delayed.iterator();
    while (each.hasNext()) {
      Packet packet = each.next();
      worked = true;
      if (packet.dueStep <= steps) {
        each.remove();
        packet.to.write(packet.event, packet.payload);
      }
    }
    worked |= arrive();
    return advance() || worked;
  }

  private void execute(NicSide from, Descriptor command) {
    if (command.kind == Kind.PULL) {
      begin(from, command);
      return;
    }
    byte[] payload = from.payload(command);
    boolean cut = command.kind == Kind.MEDIUM && fragmentBytes > 0;
    int unit = cut ? fragmentBytes : Math.max(1, payload.length);
    int offset = 0;
    do {
      byte[] piece = Arrays.copyOfRange(payload, offset, Math.min(offset + unit, payload.length));
      Descriptor event = new Descriptor().set(command);
      event.nicId = from.nicId;
      event.endpoint = from.endpointId;
      if (command.kind == Kind.MEDIUM) {
        event.fragment(offset, piece.length, unit);
      }
      if (!carry(from, command, event, piece)) {
        return;
      }
      offset += unit;
    } while (offset < payload.length);
  }

  /** Returns whether what belongs to the same message is to be carried as well. */
  private boolean carry(NicSide from, Descriptor command, Descriptor event, byte[] payload) {
    Fate fate = plan.fate(command);
    FakeWire between = wire;
    if (between != null && fate != Fate.UNREACHABLE && reachable(command.nicId)) {
      if (connects(command)) {
        event.overWire(true);
      }
      between.send(fate, command.nicId, command.endpoint, event, payload);
      return true;
    }
    if (command.kind == Kind.HOST_QUERY && reachable(command.nicId)) {
      if (fate == Fate.DELIVER) {
        from.write(hostReply(command, command.nicId), payload);
      }
      return true;
    }
    NicSide to = find(command.nicId, command.endpoint);
    int refusal =
        reachable(command.nicId)
            ? refusal(to, command, command.endpoint)
            : NackType.NIC_UNREACHABLE;
    if (fate == Fate.UNREACHABLE || refusal != 0 || to == null) {
      refuse(from, command, fate == Fate.UNREACHABLE ? NackType.NIC_UNREACHABLE : refusal);
      return false;
    }
    if (fate == Fate.FULL || !to.hasRoom(payload.length)) {
      from.refusedBy(to);
      Descriptor full = new Descriptor().set(command);
      full.receiverFull(from.creditEpoch);
      from.completions.write(full);
      return false;
    }
    switch (fate) {
      case DELAY -> delayed.add(new Packet(to, event, payload, steps + DELAY_STEPS));
      case DUPLICATE -> {
        to.write(event, payload);
        to.write(event, payload);
      }
      case DELIVER -> to.write(event, payload);
      case DROP, FULL, UNREACHABLE -> {}
    }
    return true;
  }

  private static Descriptor hostReply(Descriptor query, long nicId) {
    Descriptor reply = new Descriptor();
    reply.kind = Kind.HOST_REPLY;
    reply.nicId = nicId;
    reply.word(query.word());
    return reply;
  }

  private boolean arrive() {
    FakeWire between = wire;
    if (between == null) {
      return false;
    }
    List<FakeWire.Frame> frames = between.arrived();
    for (FakeWire.Frame frame : frames) {
      arrive(between, frame);
    }
    return !frames.isEmpty();
  }

  /** What a NIC makes of a frame that has come to it. */
  private void arrive(FakeWire between, FakeWire.Frame frame) {
    Descriptor event = frame.event();
    NicSide to = find(frame.nicId(), frame.endpointId());
    Descriptor answer = null;
    switch (event.kind) {
      case Kind.HOST_QUERY -> answer = hostReply(event, frame.nicId());
      case Kind.HOST_REPLY -> {}
      case Kind.NACK -> event.nack(event.nackType(), 0);
      case Kind.ACK -> to = to != null && to.sessionId == event.session ? to : null;
      default -> {
        int refusal = refusal(to, event, frame.endpointId());
        answer = refusal == 0 ? null : nack(event, frame.nicId(), frame.endpointId(), refusal);
      }
    }
    if (answer != null) {
      between.send(plan.fate(answer), event.nicId, event.endpoint, answer, new byte[0]);
    } else if (to != null) {
      to.write(event, frame.payload());
    }
  }

  /** MXoE's nack says neither what it refuses nor of which session. */
  private static Descriptor nack(Descriptor refused, long nicId, int endpointId, int type) {
    Descriptor nack = new Descriptor();
    nack.kind = Kind.NACK;
    nack.nicId = nicId;
    nack.endpoint = endpointId;
    nack.sequence = refused.sequence;
    nack.nack(type, 0);
    return nack;
  }

  private int refusal(@Nullable NicSide to, Descriptor command, int endpointId) {
    if (endpointId >= World.MAX_ENDPOINTS) {
      return NackType.BAD_ENDPOINT;
    }
    if (to == null) {
      return NackType.ENDPOINT_CLOSED;
    }
    boolean sessionless = connects(command) || command.kind == Kind.NACK;
    return sessionless || command.session == to.sessionId ? 0 : NackType.BAD_SESSION;
  }

  private static boolean connects(Descriptor command) {
    return command.kind == Kind.CONNECT_REQUEST || command.kind == Kind.CONNECT_REPLY;
  }

  private void refuse(NicSide from, Descriptor command, int type) {
    if (command.kind == Kind.ACK
        || command.kind == Kind.CONNECT_REPLY
        || command.kind == Kind.NACK) {
      return;
    }
    Descriptor nack = new Descriptor();
    nack.kind = Kind.NACK;
    nack.nicId = command.nicId;
    nack.endpoint = command.endpoint;
    nack.sequence = command.sequence;
    nack.session = command.session;
    nack.nack(type, command.kind);
    from.write(nack, new byte[0]);
  }

  private void begin(NicSide puller, Descriptor command) {
    NicSide owner = find(command.nicId, command.endpoint);
    int refusal =
        reachable(command.nicId)
            ? refusal(owner, command, command.endpoint)
            : NackType.NIC_UNREACHABLE;
    if (refusal != 0 || owner == null) {
      pulled(puller, command, refusal, 0);
      return;
    }
    var source = new RdmaWindowEntry.Copy();
    var sink = new RdmaWindowEntry.Copy();
    owner.entry(command.remoteWindowId()).read(source);
    puller.entry(command.localWindowId()).read(sink);
    boolean announced = source.state == RdmaWindowEntry.ANNOUNCED;
    boolean open =
        (announced || source.state == RdmaWindowEntry.SOURCE)
            && source.generation == command.remoteWindowGeneration()
            && command.lengthBytes() <= source.messageLength
            && sink.state == RdmaWindowEntry.SINK
            && sink.generation == command.localWindowGeneration()
            && command.lengthBytes() <= sink.messageLength;
    if (!open) {
      pulled(puller, command, NackType.BAD_RDMA_WINDOW, 0);
      return;
    }
    pulls.add(new PullUnderWay(puller, owner, command, source, sink));
    if (announced) {
      owner.entry(command.remoteWindowId()).wantedRelease();
      owner.control.wantedEpochRelease(owner.control.wantedEpochAcquire() + 1);
    }
  }

  private static void pulled(NicSide puller, Descriptor command, int status, long moved) {
    Descriptor done = new Descriptor();
    done.kind = Kind.PULL_DONE;
    done.nicId = command.nicId;
    done.endpoint = command.endpoint;
    done.length = (int) moved;
    done.cookie(command.cookie());
    done.pullStatus(status);
    puller.completions.write(done);
  }

  private boolean advance() {
    boolean worked = false;
    Iterator<PullUnderWay> each = pulls.iterator();
    while (pulling && each.hasNext()) {
      PullUnderWay pull = each.next();
      if (advance(pull)) {
        worked = true;
      }
      if (pull.moved == pull.command.lengthBytes()) {
        each.remove();
        pulled(pull.puller, pull.command, 0, pull.moved);
        worked = true;
      }
    }
    return worked;
  }

  private boolean advance(PullUnderWay pull) {
    long at = pull.moved;
    RdmaWindowEntry source = pull.owner.entry(pull.command.remoteWindowId());
    RdmaWindowEntry sink = pull.puller.entry(pull.command.localWindowId());
    if (pull.source.state == RdmaWindowEntry.ANNOUNCED) {
      source.read(pull.source);
      if (pull.source.state != RdmaWindowEntry.SOURCE) {
        return false;
      }
    }
    long until = pull.command.lengthBytes();
    if (at > until / 2 && pull.seeks < seeks && pull.source.ringBytes != 0) {
      seek(pull, source);
      return true;
    }
    if (RdmaWindowEntry.epochOf(source.watermarkAcquire()) != pull.seeks) {
      return false;
    }
    until = Math.min(until, limit(source, pull.source, at));
    until = Math.min(until, limit(sink, pull.sink, at));
    long bytes = Math.min(until - at, chunkBytes);
    bytes = Math.min(bytes, contiguous(pull.source, at));
    bytes = Math.min(bytes, contiguous(pull.sink, at));
    if (bytes <= 0) {
      return false;
    }
    MemorySegment.copy(
        pull.owner.region(pull.source.regionId),
        offset(pull.source, at),
        pull.puller.region(pull.sink.regionId),
        offset(pull.sink, at),
        bytes);
    pull.moved = at + bytes;
    source.progressRelease(at + bytes);
    sink.progressRelease(at + bytes);
    return true;
  }

  /** Wants the message once more, from its beginning. */
  private static void seek(PullUnderWay pull, RdmaWindowEntry source) {
    pull.moved = 0;
    pull.seeks++;
    pull.puller.region(pull.sink.regionId).asSlice(pull.sink.regionOffset, 4096).fill((byte) 0);
    source.progressRelease(0);
    source.seekRelease(pull.seeks, 0);
    pull.owner.control.wantedEpochRelease(pull.owner.control.wantedEpochAcquire() + 1);
  }

  private static long limit(RdmaWindowEntry entry, RdmaWindowEntry.Copy copy, long moved) {
    if (copy.ringBytes == 0) {
      return copy.messageLength;
    }
    long watermark = RdmaWindowEntry.watermarkOf(entry.watermarkAcquire());
    if (watermark < moved || watermark > moved + copy.ringBytes) {
      throw new IllegalStateException("watermark %d at %d".formatted(watermark, moved));
    }
    return watermark;
  }

  private static long contiguous(RdmaWindowEntry.Copy copy, long at) {
    return copy.ringBytes == 0 ? Long.MAX_VALUE : copy.ringBytes - (at & (copy.ringBytes - 1));
  }

  private static long offset(RdmaWindowEntry.Copy copy, long at) {
    return copy.regionOffset + (copy.ringBytes == 0 ? at : at & (copy.ringBytes - 1));
  }
}
