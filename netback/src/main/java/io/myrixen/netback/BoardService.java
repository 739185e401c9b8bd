package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.ReceivedRequest;
import io.myrixen.mx.control.ReceivedRequest.Malformed;
import io.myrixen.mx.control.ReceivedRequest.Valid;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Serves the requests for one board: each is answered, some only when the NIC has done its part.
 * Confined to netback's thread.
 */
final class BoardService {

  private final Services services;
  private final BoardIdentity board;
  private final Replies replies;
  private final EndpointService endpoints;

  BoardService(
      Services services, BoardIdentity board, Supply supply, VmAccount account, Replies replies) {
    this.services = services;
    this.board = board;
    this.replies = replies;
    Coupling.Factory couplings = board.relayed() ? services.relays() : services.bells()::couple;
    this.endpoints =
        new EndpointService(services, board.nicId(), supply, couplings, account, this::reply);
  }

  /** Carries one request out, or begins to. */
  void serve(ReceivedRequest received) {
    switch (received) {
      case Malformed(var id, var kindCode, var detail, var value) -> {
        services.tally().malformed.incrementAndGet();
        reply(ControlResponse.refused(id, kindCode, ReturnCode.BAD_REQUEST, detail, value));
      }
      case Valid(var id, var request) -> {
        services.tally().request(request.kind());
        serve(id, request);
      }
    }
  }

  /** Closes an endpoint that the NIC has closed already, for a fault. */
  void onEndpointFault(int endpointId) {
    endpoints.onFault(endpointId);
  }

  /** Closes everything and takes the board off the NIC; {@code done} runs when nothing is left. */
  void release(Runnable done) {
    services
        .afterNic()
        .when(services.nic().removeBoard(board.nicId()), _ -> endpoints.disposeAll(done));
  }

  private void serve(int id, ControlRequest request) {
    switch (request) {
      case ControlRequest.BoardInfo _ -> reply(boardInfo(id, request));
      case ControlRequest.OpenBoard _ ->
          reply(refused(id, request, new Refusal(ReturnCode.BUSY, Detail.NONE, 0)));
      case ControlRequest.PeerByName(var name) ->
          reply(peer(id, request, peer -> peer.hostname().equals(name), notFoundByName(name)));
      case ControlRequest.PeerByNic(var nicId) ->
          reply(
              peer(
                  id,
                  request,
                  peer -> peer.nicId() == nicId,
                  new Refusal(ReturnCode.NIC_NOT_FOUND, Detail.NIC_ID, nicId)));
      case ControlRequest.Peers(var start) -> reply(peers(id, request, start));
      case ControlRequest.OpenEndpoints _ -> {
        BitSet open = endpoints.open();
        reply(ControlResponse.granted(id, request.kind(), new ControlResponse.Endpoints(open)));
      }
      case ControlRequest.OpenEndpoint open -> endpoints.open(id, open);
      case ControlRequest.CloseEndpoint close -> endpoints.close(id, close);
      case ControlRequest.RegisterRegion register -> endpoints.register(id, register);
      case ControlRequest.DeregisterRegion deregister -> endpoints.deregister(id, deregister);
    }
  }

  /** Answers {@code request} with who the board is and what it allows. */
  ControlResponse boardInfo(int id, ControlRequest request) {
    NetbackContext context = services.context();
    return ControlResponse.granted(
        id,
        request.kind(),
        new ControlResponse.Board(
            board.nicId(), board.hostname(), context.largestWindow(), context.endpointsPerBoard()));
  }

  private ControlResponse peer(
      int id, ControlRequest request, Predicate<Peer> wanted, Refusal otherwise) {
    for (Peer peer : services.nic().peers()) {
      if (wanted.test(peer)) {
        return ControlResponse.granted(
            id, request.kind(), new ControlResponse.Peer(peer.nicId(), peer.hostname(), 1, 1));
      }
    }
    return refused(id, request, otherwise);
  }

  private ControlResponse peers(int id, ControlRequest request, int start) {
    // In one order, so that who asks one by one meets each peer that stays.
    List<Peer> peers =
        services.nic().peers().stream().sorted(Comparator.comparingLong(Peer::nicId)).toList();
    if (start >= peers.size()) {
      return refused(id, request, new Refusal(ReturnCode.NO_MATCH, Detail.START_INDEX, start));
    }
    Peer peer = peers.get(start);
    return ControlResponse.granted(
        id,
        request.kind(),
        new ControlResponse.Peer(peer.nicId(), peer.hostname(), start + 1, peers.size()));
  }

  private static Refusal notFoundByName(String name) {
    return new Refusal(ReturnCode.HOST_NOT_FOUND, Detail.HOSTNAME, name.length());
  }

  private static ControlResponse refused(int id, ControlRequest request, Refusal refusal) {
    return ControlResponse.refused(
        id, request.kind().code(), refusal.code(), refusal.detail(), refusal.value());
  }

  private void reply(ControlResponse response) {
    if (response.code() != ReturnCode.SUCCESS) {
      services.tally().refused.incrementAndGet();
    }
    replies.answer(response);
  }
}
