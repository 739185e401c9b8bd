package io.myrixen.mx.wire;

import io.myrixen.mx.wire.WirePacket.Ends;
import io.myrixen.mx.wire.WirePacket.Envelope;
import io.myrixen.mx.wire.WirePacket.Head;
import io.myrixen.mx.wire.WirePacket.Puller;
import io.myrixen.mx.wire.WirePacket.Window;
import java.util.SplittableRandom;

/** Well-formed packets of every kind, with fields from their whole range. */
final class RandomPackets {

  /** How many kinds there are. */
  static final int KINDS = 15;

  private final SplittableRandom random;
  private final WireProfile profile;

  RandomPackets(SplittableRandom random, WireProfile profile) {
    this.random = random;
    this.profile = profile;
  }

  WirePacket next(int kind) {
    return switch (kind) {
      case 0 -> new WirePacket.Discovery(head(), bits(48), random.nextInt());
      case 1 -> new WirePacket.HostQuery(head(), u16(), random.nextInt());
      case 2 -> new WirePacket.HostReply(head(), u16(), random.nextInt(), hostname());
      case 3 ->
          new WirePacket.ConnectRequest(
              head(), ends(), u16(), random.nextInt(), random.nextInt(), u16(), u8());
      case 4 ->
          new WirePacket.ConnectReply(
              head(), ends(), u16(), random.nextInt(), random.nextInt(), u16(), u8(), u8());
      case 5 -> new WirePacket.Tiny(head(), envelope(), payload(random.nextInt(33)));
      case 6 -> new WirePacket.Small(head(), envelope(), payload(random.nextInt(129)));
      case 7 -> medium();
      case 8 -> new WirePacket.Rndv(head(), envelope(), bits(32), window(), u16());
      case 9 -> pull();
      case 10 ->
          new WirePacket.PullReply(
              head(), u8(), bits(32), puller(), payload(1 + below(profile.pullReplyBytes())));
      case 11 ->
          new WirePacket.Notify(head(), ends(), random.nextInt(), bits(32), window(), u16(), u16());
      case 12 ->
          new WirePacket.Ack(
              head(), ends(), random.nextInt(), u16(), random.nextInt(), u16(), u8());
      case 13 -> new WirePacket.NackLib(head(), ends(), 1 + below(3), u16(), u16());
      default -> new WirePacket.NackMcp(head(), u8(), u8(), 1 + below(4), puller());
    };
  }

  private WirePacket medium() {
    boolean compatible = profile.nativeMxLayout();
    int unit = compatible ? 1 << (9 + below(4)) : profile.mediumFragmentBytes();
    int length = 1 + below(32 * 1024);
    int index = below((length + unit - 1) / unit);
    Payload payload = payload(Math.min(unit, length - index * unit));
    return new WirePacket.Medium(head(), envelope(), length, index, unit, payload);
  }

  private WirePacket pull() {
    int unit = profile.pullReplyBytes();
    long offset = profile.nativeMxLayout() ? u16() : bits(32);
    int skipped = (int) (offset % unit);
    long length = 1 + random.nextLong(100L * profile.repliesPerBlock() * unit);
    long position = random.nextLong(length);
    long frame = (position + skipped) / unit;
    int first = (int) ((position + skipped) % unit);
    long most = Math.min(length - position, (long) profile.repliesPerBlock() * unit - first);
    // The field has 16 bits in native MX's layout, and a block of 8 frames fits.
    int block = (int) (1 + random.nextLong(most));
    return new WirePacket.Pull(
        head(), ends(), random.nextInt(), length, window(), offset, puller(), first, block, frame);
  }

  private Head head() {
    return new Head(bits(48), bits(48), u16());
  }

  private Ends ends() {
    return new Ends(u8(), u8(), u8());
  }

  private Envelope envelope() {
    return new Envelope(ends(), u16(), u16(), random.nextLong(), random.nextInt(), u16());
  }

  private Window window() {
    return new Window(u8(), u8());
  }

  private Puller puller() {
    return new Puller(random.nextInt(), random.nextInt());
  }

  private String hostname() {
    var name = new StringBuilder();
    int length = 1 + below(79);
    while (name.length() < length) {
      name.append((char) (1 + below(255)));
    }
    return name.toString();
  }

  private Payload payload(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return Payload.of(bytes);
  }

  private long bits(int count) {
    return random.nextLong() >>> (Long.SIZE - count);
  }

  private int u8() {
    return below(0x100);
  }

  private int u16() {
    return below(0x10000);
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }
}
