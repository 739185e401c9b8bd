package io.myrixen.driver.hypervisor;

import io.myrixen.xen.XenException;
import io.myrixen.xen.host.DomainFrame;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.DescriptorPassing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.UnixChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends replies on one connection, descriptors behind each, and knows whether all of that is out:
 * descriptors that wait for a client which does not read must not pile up. Event loop only.
 */
final class Replies {

  /** How long to wait for room for descriptors before looking again: their reader is slow. */
  private static final long RETRY_MILLIS = 1;

  /** After so many looks without room, ten seconds at least, nobody reads there any more. */
  private static final int MAX_RETRIES = 10_000;

  /**
   * Most descriptors that a client may leave unread: those of two of the largest replies. They are
   * in flight until then, and count against the limit of the service's user for all its clients.
   */
  private static final int MAX_UNREAD_DESCRIPTORS = 2048;

  private final ChannelHandlerContext ctx;
  private final UnixChannel channel;
  private boolean busy;

  /** Sent since the client was last seen to have read everything. */
  private int unreadDescriptors;

  Replies(ChannelHandlerContext ctx, UnixChannel channel) {
    this.ctx = ctx;
    this.channel = channel;
  }

  /** Whether the last reply is out, with its descriptors, to a client that reads. */
  boolean clientKeepsUp() {
    if (unreadDescriptors >= MAX_UNREAD_DESCRIPTORS
        && channel.isOpen()
        && DescriptorPassing.allRead(channel.fd().intValue())) {
      unreadDescriptors = 0;
    }
    return !busy && unreadDescriptors < MAX_UNREAD_DESCRIPTORS;
  }

  /** Returns a buffer for a body. */
  ByteBuf body() {
    return ctx.alloc().buffer();
  }

  /** Answers with nothing but that it is done. */
  void done(int kind, int sequence) {
    send(kind, 0, sequence, Unpooled.EMPTY_BUFFER, List.of());
  }

  /** Answers with a body and descriptors, and takes both over. */
  void done(int kind, int sequence, ByteBuf body, List<Descriptor> descriptors) {
    send(kind, 0, sequence, body, descriptors);
  }

  /** Answers that the request is refused, and why. */
  void refused(int kind, int sequence, XenException why) {
    byte[] message = String.valueOf(why.getMessage()).getBytes(StandardCharsets.UTF_8);
    if (message.length > DomainFrame.MAX_MESSAGE_BYTES) {
      message = Arrays.copyOf(message, DomainFrame.MAX_MESSAGE_BYTES);
    }
    send(kind, why.reason().code(), sequence, Unpooled.wrappedBuffer(message), List.of());
  }

  private void send(
      int kind, int status, int sequence, ByteBuf body, List<Descriptor> descriptors) {
    ByteBuf header = ctx.alloc().buffer(DomainFrame.HEADER_BYTES);
    header.writeIntLE(DomainFrame.HEADER_BYTES + body.readableBytes());
    header.writeShortLE(kind);
    header.writeShortLE(status);
    header.writeIntLE(sequence);
    header.writeShortLE(descriptors.size());
    header.writeShortLE(0);
    busy = true;
    unreadDescriptors += descriptors.size();
    ChannelFuture frame = ctx.writeAndFlush(Unpooled.wrappedBuffer(header, body));
    // The descriptors bypass the channel, whose own way of sending one ends the connection when
    // there is no room: so they go when every byte before them has gone.
    var _ = frame.addListener(done -> sendDescriptors(done.isSuccess(), descriptors, 0, 0));
  }

  private void sendDescriptors(
      boolean frameSent, List<Descriptor> descriptors, int first, int retries) {
    int next = first;
    boolean full = false;
    boolean failed = !frameSent || !channel.isOpen() || retries > MAX_RETRIES;
    try {
      while (!failed && !full && next < descriptors.size()) {
        int count = DescriptorPassing.send(channel.fd().intValue(), descriptors, next);
        next += count;
        full = count == 0;
      }
    } catch (XenException _) {
      failed = true;
    }
    if (full) {
      int rest = next;
      var _ =
          ctx.executor()
              .schedule(
                  () -> sendDescriptors(true, descriptors, rest, retries + 1),
                  RETRY_MILLIS,
                  TimeUnit.MILLISECONDS);
      return;
    }
    descriptors.forEach(Descriptor::close);
    busy = false;
    if (failed) {
      var _ = ctx.close();
    }
  }
}
