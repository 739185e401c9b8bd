package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.EndpointPort;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.board.Pending;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.window.WindowGeometry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A board of this process. It stays the same object when its driver domain is replaced. */
final class VmBoard implements Board {

  private final Control control;
  private final int number;

  /** Written by the control thread; null before the driver domain has said who the board is. */
  private volatile ControlResponse.@Nullable Board info;

  /** The connection, while there is one. Written by the control thread. */
  private volatile @Nullable Link link;

  VmBoard(Control control, int number) {
    this.control = control;
    this.number = number;
  }

  /** The driver domain has said who the board is. */
  void connect(Link link, ControlResponse.Board info) {
    this.info = info;
    this.link = link;
  }

  void disconnect() {
    link = null;
  }

  /** Whether its name is known, so that it can be shown. */
  boolean known() {
    return info != null;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public long nicId() {
    return info().nicId();
  }

  @Override
  public String hostname() {
    return info().hostname();
  }

  @Override
  public int maxEndpoints() {
    return info().maxEndpoints();
  }

  @Override
  public boolean connected() {
    return link != null;
  }

  @Override
  public Pending<EndpointPort> openEndpoint(int endpointId, WindowGeometry geometry) {
    Pending<EndpointPort> pending = new Pending<>();
    if (endpointId < 0 || endpointId >= maxEndpoints()) {
      pending.fail(
          new MxException(
              ReturnCode.BAD_ENDPOINT,
              "endpoint id must be 0 to %d: %d".formatted(maxEndpoints() - 1, endpointId)));
      return pending;
    }
    control
        .tasks()
        .execute(
            pending,
            () ->
                OpenCall.begin(
                    control,
                    requireLink(),
                    endpointId,
                    geometry.cappedBy(info().largest()),
                    pending));
    return pending;
  }

  @Override
  public Pending<Peer> peerByName(String hostname) {
    if (hostname.isEmpty()
        || hostname.length() >= ControlRing.HOSTNAME_BYTES
        || !hostname.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      Pending<Peer> pending = new Pending<>();
      pending.fail(new MxException(ReturnCode.HOST_NOT_FOUND, "no host name: " + hostname));
      return pending;
    }
    return ask(new ControlRequest.PeerByName(hostname), VmBoard::peer);
  }

  @Override
  public Pending<Peer> peerByNicId(long nicId) {
    if (nicId >>> 48 != 0) {
      Pending<Peer> pending = new Pending<>();
      pending.fail(new MxException(ReturnCode.NIC_NOT_FOUND, "no NIC id: %x".formatted(nicId)));
      return pending;
    }
    return ask(new ControlRequest.PeerByNic(nicId), VmBoard::peer);
  }

  @Override
  public Pending<List<Peer>> peers() {
    Pending<List<Peer>> all = new Pending<>();
    askPeers(0, new ArrayList<>(), all);
    return all;
  }

  @Override
  public Pending<List<Integer>> openEndpoints() {
    return ask(
        new ControlRequest.OpenEndpoints(),
        result -> ((ControlResponse.Endpoints) result).open().stream().boxed().toList());
  }

  /** Asks for one peer after the other: each answer says where to go on. */
  private void askPeers(int start, List<Peer> found, Pending<List<Peer>> all) {
    Pending<ControlResponse.Peer> next =
        ask(new ControlRequest.Peers(start), result -> (ControlResponse.Peer) result);
    var _ =
        next.future()
            .whenComplete((peer, failure) -> {
              if (failure instanceof MxException end && end.code() == ReturnCode.NO_MATCH) {
                all.complete(List.copyOf(found)); // One left while we asked.
              } else if (failure instanceof RuntimeException cause) {
                all.fail(cause);
              } else {
                found.add(new Peer(peer.nicId(), peer.hostname()));
                if (peer.nextIndex() > start && peer.nextIndex() < peer.count()) {
                  askPeers(peer.nextIndex(), found, all);
                } else {
                  all.complete(List.copyOf(found));
                }
              }
            });
  }

  private <T> Pending<T> ask(ControlRequest request, Function<ControlResponse.Result, T> result) {
    Pending<T> pending = new Pending<>();
    control
        .tasks()
        .execute(
            pending,
            () ->
                requireLink()
                    .submit(new SimpleCall<>(request, pending, result), control.tasks().nowNs()));
    return pending;
  }

  private static Peer peer(ControlResponse.Result result) {
    ControlResponse.Peer peer = (ControlResponse.Peer) result;
    return new Peer(peer.nicId(), peer.hostname());
  }

  private Link requireLink() {
    Link current = link;
    if (current == null) {
      throw new MxException(ReturnCode.NIC_DEAD, "board %d has no driver domain".formatted(number));
    }
    return current;
  }

  private ControlResponse.Board info() {
    ControlResponse.Board known = info;
    if (known == null) {
      throw new IllegalStateException("board %d was never connected".formatted(number));
    }
    return known;
  }
}
