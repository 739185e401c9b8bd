package io.myrixen.netback;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.ControlRequest;
import io.myrixen.mx.control.ControlRequest.OpenBoard;
import io.myrixen.mx.control.ControlResponse;
import io.myrixen.mx.control.ControlRing;
import io.myrixen.mx.control.Detail;
import io.myrixen.mx.control.ReceivedRequest;
import io.myrixen.mx.window.WindowLayout;
import io.myrixen.nic.BoardConfig;
import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.linux.Descriptor;
import io.myrixen.xen.linux.PollSource;
import io.myrixen.xen.linux.UnixStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One native process: its connection and its board. Requests are taken one at a time, the next one
 * when the last has been answered. Whoever breaks the rules loses the connection; what it had is
 * given back once the NIC has let go. Confined to netback's thread.
 *
 * <pre>
 *   STRANGER --asks for a board--> OPENING --board added--> OPEN
 *      |                              |                      |
 *      '----------- hangs up ---------+----> RELEASING <-----'
 *                                                |
 *                                              GONE
 * </pre>
 */
final class NativeClient implements PollSource {

  private static final System.Logger LOG = System.getLogger(NativeClient.class.getName());

  /** All native processes have the share of a VM that nobody gave another. */
  private static final int WEIGHT = 1;

  private enum Phase {
    STRANGER,
    OPENING,
    OPEN,
    RELEASING,
    GONE
  }

  private final Services services;
  private final UnixStream stream;
  private final Waiter waiter;
  private final int clientId;
  private final BoardRecords records;
  private final VmAccount account;
  private final NativeSupply supply;
  private final MemorySegment request = Arena.ofAuto().allocate(ControlRing.ENTRY_BYTES);
  private final MemorySegment answer = Arena.ofAuto().allocate(ControlRing.ENTRY_BYTES);
  private int requestBytes;
  private boolean answering;
  private Phase phase = Phase.STRANGER;
  private @Nullable BoardIdentity board;
  private @Nullable BoardService service;

  /** Where it is written down which boards there are. */
  interface BoardRecords {
    void add(BoardIdentity board);

    void remove(BoardIdentity board);
  }

  /**
   * Takes a connection over.
   *
   * @param clientId whose share of the NIC it uses; negative, as no domid is
   */
  NativeClient(
      Services services, UnixStream stream, Waiter waiter, int clientId, BoardRecords records) {
    this.services = services;
    this.stream = stream;
    this.waiter = waiter;
    this.clientId = clientId;
    this.records = records;
    this.account = new VmAccount(services.context(), services.tally());
    this.supply = new NativeSupply(clientId, account);
    waiter.add(this);
  }

  boolean gone() {
    return phase == Phase.GONE;
  }

  boolean serves(long nicId) {
    return phase == Phase.OPEN && board != null && board.nicId() == nicId;
  }

  void onEndpointFault(int endpointId, String what, long value) {
    if (service != null) {
      LOG.log(
          WARNING, "{0}: endpoint {1} closed by the NIC: {2} {3}", this, endpointId, what, value);
      service.onEndpointFault(endpointId);
    }
  }

  @Override
  public Descriptor descriptor() {
    return stream.descriptor();
  }

  @Override
  public boolean pendingUnseen() {
    return false;
  }

  /** Takes requests, {@code limit} at most; returns how much there was to do. */
  int doWork(int limit) {
    int work = 0;
    while (work < limit && !answering && (phase == Phase.STRANGER || phase == Phase.OPEN)) {
      if (!receive()) {
        break;
      }
      work++;
      if (requestBytes == ControlRing.ENTRY_BYTES) {
        requestBytes = 0;
        answering = true;
        waiter.remove(this); // Until it is answered, more is of no interest.
        serve(ControlRequest.read(request, 0));
      }
    }
    return work;
  }

  /** Takes what is there; returns whether there was anything. */
  private boolean receive() {
    int count;
    try {
      count = stream.receive(request.asSlice(requestBytes), false);
    } catch (XenException e) {
      hangUp(String.valueOf(e.getMessage()));
      return true;
    }
    Descriptor sent = stream.takeDescriptor();
    if (sent != null) {
      sent.close();
      hangUp("it sent a descriptor, which nobody asks for");
      return true;
    }
    if (count == UnixStream.END) {
      hangUp(requestBytes == 0 ? null : "half a request");
    }
    requestBytes += Math.max(count, 0);
    return count != UnixStream.NOTHING;
  }

  private void serve(ReceivedRequest received) {
    BoardService serving = service;
    if (serving != null) {
      serving.serve(received);
      return;
    }
    switch (received) {
      case ReceivedRequest.Valid(var id, OpenBoard open) -> {
        services.tally().request(open.kind());
        openBoard(id, open);
      }
      case ReceivedRequest.Valid(var id, var other) ->
          refuse(id, other.kind().code(), ReturnCode.NO_DEV, Detail.KIND, other.kind().code());
      case ReceivedRequest.Malformed(var id, var kind, var detail, var value) -> {
        services.tally().malformed.incrementAndGet();
        refuse(id, kind, ReturnCode.BAD_REQUEST, detail, value);
      }
    }
  }

  private void openBoard(int id, OpenBoard open) {
    int kind = open.kind().code();
    int version = open.protocolVersion();
    if (version < ControlRing.VERSION_MIN || version > ControlRing.VERSION_MAX) {
      long value = Integer.toUnsignedLong(version);
      refuse(id, kind, ReturnCode.BAD_LIB_VERSION, Detail.PROTOCOL_VERSION, value);
    } else if (open.windowVersion() != WindowLayout.VERSION) {
      long value = Integer.toUnsignedLong(open.windowVersion());
      refuse(id, kind, ReturnCode.BAD_LIB_VERSION, Detail.WINDOW_VERSION, value);
    } else if (!BoardIdentity.isHostname(open.hostname())) {
      long length = open.hostname().length();
      refuse(id, kind, ReturnCode.BAD_PARAM_VAL, Detail.HOSTNAME, length);
    } else {
      phase = Phase.OPENING;
      var identity = new BoardIdentity(MxDevices.newNicId(), open.hostname(), WEIGHT, false);
      var config = new BoardConfig(identity.nicId(), identity.hostname(), clientId, WEIGHT);
      services
          .afterNic()
          .when(services.nic().addBoard(config), failure -> onAdded(id, open, identity, failure));
    }
  }

  private void onAdded(
      int id, OpenBoard open, BoardIdentity identity, @Nullable Throwable failure) {
    if (phase != Phase.OPENING) {
      // It hung up meanwhile.
      services
          .afterNic()
          .when(services.nic().removeBoard(identity.nicId()), _ -> phase = Phase.GONE);
      return;
    }
    if (failure != null) {
      phase = Phase.STRANGER;
      // Of what can be wrong with a board of ours, the client chose the name alone.
      int kind = open.kind().code();
      long length = open.hostname().length();
      refuse(id, kind, AfterNic.code(failure), Detail.HOSTNAME, length);
      return;
    }
    phase = Phase.OPEN;
    board = identity;
    var serving = new BoardService(services, identity, supply, account, this::reply);
    service = serving;
    records.add(identity);
    LOG.log(INFO, "{0}: connected", this);
    reply(serving.boardInfo(id, open));
  }

  private void refuse(int id, int kind, ReturnCode code, Detail detail, long value) {
    services.tally().refused.incrementAndGet();
    reply(ControlResponse.refused(id, kind, code, detail, value));
  }

  /** Answers the request under way, with the descriptors that were made for it. */
  private void reply(ControlResponse response) {
    answering = false;
    try {
      if (phase == Phase.STRANGER || phase == Phase.OPEN) {
        waiter.add(this);
        response.write(answer, 0);
        boolean granted = response.code() == ReturnCode.SUCCESS;
        if (!stream.trySend(answer, granted ? supply.outgoing() : List.of())) {
          hangUp("it does not read its answers");
        }
      }
    } catch (XenException e) {
      // It has died while it waited, most likely: that is no fault of anybody's.
      LOG.log(INFO, "{0}: cannot be answered: {1}", this, e.getMessage());
      hangUp(null);
    } finally {
      supply.closeOutgoing();
    }
  }

  /**
   * Ends the connection and gives everything back.
   *
   * @param why what the client did wrong, or null
   */
  void hangUp(@Nullable String why) {
    if (phase == Phase.RELEASING || phase == Phase.GONE) {
      return;
    }
    if (why != null) {
      LOG.log(WARNING, "{0}: closing the connection: {1}", this, why);
    }
    waiter.remove(this);
    stream.close();
    BoardService releasing = service;
    service = null;
    if (releasing != null) {
      releasing.release(this::onReleased);
    }
    // What is being opened now is removed when that is done.
    phase = phase == Phase.STRANGER ? Phase.GONE : Phase.RELEASING;
  }

  private void onReleased() {
    phase = Phase.GONE;
    supply.closeOutgoing();
    if (board != null) {
      records.remove(board);
    }
    LOG.log(INFO, "{0}: removed", this);
  }

  @Override
  public String toString() {
    return board == null ? "a native process" : "native board " + board.hostname();
  }
}
