package io.myrixen.driver.hypervisor;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.DomainFrame;
import io.myrixen.xen.local.Hypervisor;
import io.myrixen.xen.local.HypervisorLimits;
import io.myrixen.xen.store.ControlHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor for the processes of this host, in a run directory of its own. One thread does
 * everything; whoever sends nonsense loses its own connection. {@link #close} ends every domain and
 * leaves nothing behind.
 */
public final class HypervisorService implements AutoCloseable {

  /** Name of the handler that cuts the domain socket's stream into frames. */
  static final String FRAMES = "frames";

  /** What the address of a Unix socket holds, its final NUL left out, in bytes. */
  private static final int MAX_SOCKET_PATH_BYTES = 107;

  private static final long SHUTDOWN_SECONDS = 5;

  private final RunDirectory directory;
  private final EventLoopGroup eventLoops;
  private final ChannelGroup channels;
  private final Hypervisor hypervisor;
  private final Guests guests;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HypervisorService(RunDirectory directory, HypervisorLimits limits) {
    this.directory = directory;
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("hypervisor"), EpollIoHandler.newFactory());
    this.channels = new DefaultChannelGroup(eventLoops.next(), true);
    var control = new LateControl();
    this.hypervisor = new Hypervisor(limits, control);
    this.guests = new Guests(hypervisor, directory);
    control.commands = new ControlCommands(hypervisor, guests);
  }

  /** Breaks the circle: the store wants its commands, which want the hypervisor around it. */
  private static final class LateControl implements ControlHandler {
    private @Nullable ControlHandler commands;

    @Override
    public String handle(String command, List<String> arguments) {
      if (commands == null) {
        throw new IllegalStateException("command before the start: " + command);
      }
      return commands.handle(command, arguments);
    }
  }

  /** Starts one in {@code runDirectory} with the default limits. */
  public static HypervisorService start(Path runDirectory) {
    return start(runDirectory, HypervisorLimits.defaults());
  }

  /**
   * Starts one; both sockets accept connections when this returns.
   *
   * @param runDirectory made if need be, for this user alone; what a dead service left is replaced
   * @throws XenException with {@code NOT_PERMITTED} if a living service has the directory or it is
   *     not this user's, {@code BAD_REQUEST} if its path is too long for a socket, {@code SYSTEM}
   *     if the system refuses something
   */
  public static HypervisorService start(Path runDirectory, HypervisorLimits limits) {
    requireShort(runDirectory);
    RunDirectory directory = RunDirectory.claim(runDirectory);
    HypervisorService service;
    try {
      service = new HypervisorService(directory, limits);
    } catch (XenException e) {
      directory.close();
      throw e;
    }
    try {
      service.listen();
      return service;
    } catch (XenException e) {
      service.close();
      throw e;
    }
  }

  private static void requireShort(Path runDirectory) {
    Path longest = runDirectory.toAbsolutePath().resolve("toolstack");
    if (longest.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH_BYTES) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "run directory is too long for a socket in it (%d bytes): %s"
              .formatted(MAX_SOCKET_PATH_BYTES, longest));
    }
  }

  private void listen() {
    bind(
        directory.toolstackSocket(),
        channel ->
            channel
                .pipeline()
                .addLast(StoreHandler.open(hypervisor, Hypervisor.TOOLSTACK_DOMID, true, channel)));
    bind(
        directory.domainSocket(),
        channel ->
            channel
                .pipeline()
                .addLast(FRAMES, newFrameDecoder())
                .addLast(new DomainHandler(hypervisor, guests)));
    directory.restrictSockets();
  }

  /** Sets up the pipeline of a connection. */
  @FunctionalInterface
  private interface Pipeline {
    void of(Channel channel);
  }

  private void bind(Path socket, Pipeline pipeline) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(EpollServerDomainSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channels.add(channel);
                    pipeline.of(channel);
                  }
                })
            .bind(new DomainSocketAddress(socket.toFile()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new XenException(
          Reason.SYSTEM, "cannot listen at " + socket + ": " + bound.cause(), bound.cause());
    }
    channels.add(bound.channel());
  }

  private static LengthFieldBasedFrameDecoder newFrameDecoder() {
    return new LengthFieldBasedFrameDecoder(
        ByteOrder.LITTLE_ENDIAN,
        DomainFrame.MAX_REQUEST_BYTES,
        DomainFrame.LENGTH_OFFSET,
        Integer.BYTES,
        -Integer.BYTES, // The length counts itself.
        0,
        true);
  }

  /** Where its sockets are. */
  public Path runDirectory() {
    return directory.path();
  }

  /** Ends every domain, hangs up on everybody, and removes what it made. Idempotent. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    channels.close().awaitUninterruptibly();
    // What the connections held is released by the loop itself, before it ends.
    eventLoops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    hypervisor.close();
    directory.close();
  }
}
