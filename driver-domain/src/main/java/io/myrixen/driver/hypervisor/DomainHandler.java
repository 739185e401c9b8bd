package io.myrixen.driver.hypervisor;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.DomainFrame;
import io.myrixen.xen.host.DomainRequest;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Malformed;
import io.myrixen.xen.local.Hypervisor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the domain socket: frames come in whole, the first must say who it is, and each
 * is answered before the next is taken. Whoever breaks that loses the connection, and with it the
 * domain if it had shown to be one. Event loop only.
 */
final class DomainHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private static final Logger LOG = System.getLogger(DomainHandler.class.getName());

  /** Long enough for a process that starves, short enough not to collect those that never speak. */
  private static final long HELLO_TIMEOUT_SECONDS = 10;

  private final Hypervisor hypervisor;
  private final Guests guests;
  private @Nullable Replies replies;
  private @Nullable Future<?> helloTimeout;
  private @Nullable Guest guest;
  private @Nullable GuestRequests requests;

  DomainHandler(Hypervisor hypervisor, Guests guests) {
    this.hypervisor = hypervisor;
    this.guests = guests;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    replies = new Replies(ctx, (EpollDomainSocketChannel) ctx.channel());
    helloTimeout =
        ctx.executor()
            .schedule(
                () -> giveUp(ctx, "it did not say who it is"),
                HELLO_TIMEOUT_SECONDS,
                TimeUnit.SECONDS);
    if (!guests.enter()) {
      giveUp(ctx, "too many that do not say who they are");
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
    Replies out = replies;
    if (out == null || frame.readableBytes() < DomainFrame.HEADER_BYTES) {
      giveUp(ctx, "a frame of " + frame.readableBytes() + " bytes");
      return;
    }
    if (!out.clientKeepsUp()) {
      giveUp(ctx, "a request before the answer to the one before was read");
      return;
    }
    int kind = frame.getUnsignedShortLE(frame.readerIndex() + DomainFrame.KIND_OFFSET);
    int sequence = frame.getIntLE(frame.readerIndex() + DomainFrame.SEQUENCE_OFFSET);
    ByteBuffer body =
        frame
            .nioBuffer(
                frame.readerIndex() + DomainFrame.HEADER_BYTES,
                frame.readableBytes() - DomainFrame.HEADER_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      handle(ctx, sequence, DomainRequest.read(kind, body), out);
    } catch (XenException e) {
      out.refused(kind, sequence, e);
      if (guest == null) {
        giveUp(ctx, String.valueOf(e.getMessage()));
      }
    }
  }

  private void handle(ChannelHandlerContext ctx, int sequence, DomainRequest request, Replies out)
      throws IOException {
    GuestRequests known = requests;
    switch (request) {
      case Malformed malformed ->
          throw new XenException(
              Reason.BAD_REQUEST,
              "%s of request kind %d is %d"
                  .formatted(malformed.field(), malformed.kind(), malformed.value()));
      case Hello hello -> hello(ctx, sequence, hello, out);
      case DomainRequest other when known != null -> known.handle(sequence, other);
      case DomainRequest other ->
          throw new XenException(
              Reason.NOT_PERMITTED, "request kind " + other.kind() + " before HELLO");
    }
  }

  private void hello(ChannelHandlerContext ctx, int sequence, Hello hello, Replies out)
      throws IOException {
    if (guest != null) {
      throw new XenException(Reason.BAD_REQUEST, "HELLO a second time");
    }
    var channel = (EpollDomainSocketChannel) ctx.channel();
    Guest admitted = guests.admit(hello, channel.peerCredentials().uid());
    noStranger();
    switch (hello.purpose()) {
      case CONTROL -> {
        guest = admitted;
        requests = new GuestRequests(hypervisor, admitted.domain(), out);
        admitted.attach(channel, channel.peerCredentials().pid());
        LOG.log(Level.INFO, "domain {0} is attached", admitted.domain().domid());
        out.done(hello.kind(), sequence);
      }
      case STORE -> {
        out.done(hello.kind(), sequence);
        becomeStore(ctx, admitted);
      }
    }
  }

  /** Gives the channel over to the store's protocol, with what has come in of it already. */
  private void becomeStore(ChannelHandlerContext ctx, Guest admitted) {
    Channel channel = ctx.channel();
    admitted.stores().add(channel);
    var _ = channel.closeFuture().addListener(_ -> admitted.stores().remove(channel));
    ChannelPipeline pipeline = ctx.pipeline();
    int domid = admitted.domain().domid();
    pipeline.replace(this, "store", StoreHandler.open(hypervisor, domid, false, channel));
    pipeline.remove(HypervisorService.FRAMES);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    noStranger();
    if (guest != null) {
      LOG.log(Level.INFO, "domain {0} is gone", guest.domain().domid());
      hypervisor.destroy(guest.domain().domid());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException || cause instanceof IOException) {
      giveUp(ctx, cause.toString());
    } else {
      LOG.log(Level.ERROR, "closing a connection after a fault of ours", cause);
      var _ = ctx.close();
    }
  }

  private void giveUp(ChannelHandlerContext ctx, String why) {
    Object who = guest == null ? "nobody" : "domain " + guest.domain().domid();
    LOG.log(Level.WARNING, "closing the connection of {0}: {1}", who, why);
    var _ = ctx.close();
  }

  /** Stops waiting for its HELLO: it came, or never will. */
  private void noStranger() {
    if (helloTimeout != null) {
      helloTimeout.cancel(false);
      helloTimeout = null;
      guests.leave();
    }
  }
}
