package io.myrixen.driver.hypervisor;

import io.myrixen.xen.local.Hypervisor;
import io.myrixen.xen.store.StoreConnection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Joins a channel to the store: its bytes are the xenstored protocol, with the identity of one
 * domain. A client that does not read its answers is not read either.
 */
final class StoreHandler extends SimpleChannelInboundHandler<ByteBuf> {

  private final Hypervisor hypervisor;
  private final StoreConnection connection;

  private StoreHandler(Hypervisor hypervisor, StoreConnection connection) {
    this.hypervisor = hypervisor;
    this.connection = connection;
  }

  /** Opens the store's side for {@code channel}, which is connected. */
  static StoreHandler open(Hypervisor hypervisor, int domid, boolean privileged, Channel channel) {
    return new StoreHandler(
        hypervisor, hypervisor.acceptStore(domid, privileged, new ChannelSink(channel)));
  }

  /** Writes to the channel as long as that takes more. */
  private record ChannelSink(Channel channel) implements StoreConnection.Sink {

    @Override
    public int write(byte[] bytes, int offset, int length) {
      if (!channel.isWritable()) {
        return 0;
      }
      var _ =
          channel.writeAndFlush(
              Unpooled.copiedBuffer(bytes, offset, length), channel.voidPromise());
      return length;
    }

    @Override
    public void end() {
      channel
          .eventLoop()
          .execute(() -> {
            var _ = channel.close();
          });
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf received) {
    var bytes = new byte[received.readableBytes()];
    received.readBytes(bytes);
    synchronized (hypervisor.lock()) {
      if (connection.receive(bytes, 0, bytes.length) && connection.readPaused()) {
        ctx.channel().config().setAutoRead(false);
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable()) {
      synchronized (hypervisor.lock()) {
        connection.flush();
        ctx.channel().config().setAutoRead(!connection.readPaused());
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    synchronized (hypervisor.lock()) {
      connection.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close(); // A reset, mostly: whoever it was is gone.
  }
}
