package io.myrixen.mx;

import io.myrixen.mx.board.Board;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.BoardDriverProvider;
import io.myrixen.mx.board.Peer;
import io.myrixen.mx.endpoint.EndpointFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * MX, opened: the boards of this process and the endpoints on them. Every method may be called from
 * any thread.
 */
public final class Mx implements AutoCloseable {

  /** Any board: {@code MX_ANY_NIC}. */
  public static final int ANY_NIC = 0xFFFFFFFF;

  /** Any endpoint id that is free: {@code MX_ANY_ENDPOINT}. */
  public static final int ANY_ENDPOINT = 0xFFFFFFFF;

  /** Mask of a receive that wants exactly one match info: {@code MX_MATCH_MASK_NONE}. */
  public static final long MATCH_EXACT = -1L;

  /** Segments that one message may consist of. */
  public static final int MAX_SEGMENTS = 256;

  private final BoardDriver driver;
  private final OpenEndpoints endpoints = new OpenEndpoints();

  private Mx(BoardDriver driver) {
    this.driver = driver;
  }

  /**
   * Opens the boards that this process has been given.
   *
   * @throws MxException {@code NO_DRIVER} if it has none, saying what it takes
   */
  public static Mx init() {
    var requirements = new ArrayList<String>();
    for (BoardDriverProvider provider : ServiceLoader.load(BoardDriverProvider.class)) {
      Optional<BoardDriver> driver = provider.open();
      if (driver.isPresent()) {
        return new Mx(driver.get());
      }
      requirements.add(provider.requirement());
    }
    String what =
        requirements.isEmpty()
            ? "no driver on the class path (add myrixen-netfront)"
            : "this process has no board: " + String.join("; ", requirements);
    throw new MxException(ReturnCode.NO_DRIVER, what);
  }

  /** Uses {@code driver}, and closes it with {@link #close}. */
  public static Mx init(BoardDriver driver) {
    return new Mx(driver);
  }

  /** The boards of this process, by board number. */
  public List<Board> boards() {
    return driver.boards();
  }

  /**
   * A board by its number.
   *
   * @throws MxException {@code BOARD_UNKNOWN}
   */
  public Board board(int number) {
    List<Board> boards = driver.boards();
    for (Board board : boards) {
      if (board.number() == number) {
        return board;
      }
    }
    throw new MxException(
        ReturnCode.BOARD_UNKNOWN,
        "no board %d among the %d of this process".formatted(number, boards.size()));
  }

  /**
   * The board of this process that has an id.
   *
   * @throws MxException {@code NIC_NOT_FOUND}, also for boards of others
   */
  public Board boardOf(long nicId) {
    for (Board board : driver.boards()) {
      if (board.nicId() == nicId) {
        return board;
      }
    }
    throw new MxException(
        ReturnCode.NIC_NOT_FOUND, "no board of this process has id %012x".formatted(nicId));
  }

  /**
   * Answers what MX's {@code mx_get_info} is asked.
   *
   * @param board a board's number; of no account for {@code NIC_COUNT}, {@code NIC_IDS} and the
   *     counters' count and labels
   * @throws MxException {@code BOARD_UNKNOWN}
   */
  public InfoValue info(InfoKey key, int board) {
    return switch (key) {
      case NIC_COUNT -> new InfoValue.Number(driver.boards().size());
      case NIC_IDS -> new InfoValue.Numbers(driver.boards().stream().map(Board::nicId).toList());
      case COUNTERS_COUNT -> new InfoValue.Number(EndpointCounters.labels().size());
      case COUNTERS_LABELS -> new InfoValue.Texts(EndpointCounters.labels());
      case COUNTERS_VALUES -> new InfoValue.Numbers(endpoints.counts(board(board).number()));
      default -> BoardInfo.of(key, board(board));
    };
  }

  /** The handler that endpoints use which were given none of their own. */
  public static ErrorHandler errorHandler() {
    return ProcessErrors.handler();
  }

  /**
   * Sets that handler; may be called before {@link #init}. At first it is {@link
   * ErrorHandler#RETURN}, or {@link ErrorHandler#FATAL} if the environment says {@code
   * MX_ERRORS_ARE_FATAL=1} or {@code OMX_FATAL_ERRORS=1}.
   *
   * @return the one before
   */
  public static ErrorHandler errorHandler(ErrorHandler handler) {
    return ProcessErrors.handler(handler);
  }

  /**
   * Looks a board up by its name; {@code vm} stands for {@code vm:0}.
   *
   * @throws MxException {@code HOST_NOT_FOUND}
   */
  public long nicIdOf(String hostname) {
    return driver.await(anyBoard().peerByName(Hostnames.complete(hostname))).nicId();
  }

  /**
   * Looks the name of a board up.
   *
   * @throws MxException {@code NIC_NOT_FOUND}
   */
  public String hostnameOf(long nicId) {
    return driver.await(anyBoard().peerByNicId(nicId)).hostname();
  }

  /** Every board that can be reached, those of this process included. */
  public List<Peer> peers() {
    return driver.await(anyBoard().peers());
  }

  private Board anyBoard() {
    List<Board> boards = driver.boards();
    if (boards.isEmpty()) {
      throw new MxException(ReturnCode.NO_DEV, "this process has no board");
    }
    return boards.get(0);
  }

  /** Opens an endpoint with the options of {@link EndpointOptions#fromEnvironment}. */
  public Endpoint openEndpoint(int board, int endpointId, int filter) {
    return openEndpoint(board, endpointId, filter, EndpointOptions.fromEnvironment());
  }

  /**
   * Opens an endpoint. Where both are left open, id 0 is tried on every board, then id 1, and so
   * on, as programs that share a host's boards expect. The environment variable {@code
   * OMX_ANY_ENDPOINT} says which id is meant instead.
   *
   * @param board a board number, or {@link #ANY_NIC}
   * @param endpointId an id, or {@link #ANY_ENDPOINT}
   * @param filter the key that others must name to connect
   * @throws MxException {@code BOARD_UNKNOWN}, {@code BAD_ENDPOINT}, {@code BUSY}, {@code
   *     NO_RESOURCES} naming the quota
   */
  public Endpoint openEndpoint(int board, int endpointId, int filter, EndpointOptions options) {
    List<Board> candidates = candidates(board);
    int wanted =
        endpointId == ANY_ENDPOINT
            ? (int) Environment.ofProcess().number(ANY_ENDPOINT, null, "OMX_ANY_ENDPOINT")
            : endpointId;
    Endpoint opened =
        wanted == ANY_ENDPOINT
            ? openFirstFree(candidates, filter, options)
            : openFirst(candidates, wanted, filter, options);
    if (endpoints.add(opened)) {
      return opened;
    }
    opened.close();
    throw new MxException(ReturnCode.NOT_INITIALIZED, "closed while an endpoint was opened");
  }

  private List<Board> candidates(int number) {
    if (endpoints.shut()) {
      throw new MxException(ReturnCode.NOT_INITIALIZED, "closed already");
    }
    List<Board> boards = driver.boards();
    return number == ANY_NIC && !boards.isEmpty() ? boards : List.of(board(number));
  }

  private Endpoint openFirstFree(List<Board> boards, int filter, EndpointOptions options) {
    int limit = 0;
    for (Board board : boards) {
      limit = Math.max(limit, board.maxEndpoints());
    }
    for (int id = 0; id < limit; id++) {
      for (Board board : boards) {
        if (id < board.maxEndpoints()) {
          Optional<Endpoint> endpoint = tryOpen(board, id, filter, options);
          if (endpoint.isPresent()) {
            return endpoint.get();
          }
        }
      }
    }
    throw new MxException(ReturnCode.BUSY, "all %d endpoint ids are open".formatted(limit));
  }

  private Endpoint openFirst(
      List<Board> boards, int endpointId, int filter, EndpointOptions options) {
    boolean valid = false;
    for (Board board : boards) {
      if (endpointId >= 0 && endpointId < board.maxEndpoints()) {
        valid = true;
        Optional<Endpoint> endpoint = tryOpen(board, endpointId, filter, options);
        if (endpoint.isPresent()) {
          return endpoint.get();
        }
      }
    }
    if (valid) {
      throw new MxException(ReturnCode.BUSY, "endpoint %d is open already".formatted(endpointId));
    }
    throw new MxException(
        ReturnCode.BAD_ENDPOINT,
        "endpoint id must be below %d: %d"
            .formatted(boards.get(0).maxEndpoints(), Integer.toUnsignedLong(endpointId)));
  }

  private Optional<Endpoint> tryOpen(
      Board board, int endpointId, int filter, EndpointOptions options) {
    try {
      return Optional.of(
          EndpointFactory.open(driver, board, endpointId, filter, options, endpoints::closed));
    } catch (MxException e) {
      if (e.code() == ReturnCode.BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Closes the endpoints that are still open, then the driver. Idempotent. */
  @Override
  public void close() {
    if (endpoints.shut()) {
      return;
    }
    List<Endpoint> open = endpoints.shutDown();
    try {
      open.forEach(Endpoint::close);
    } finally {
      driver.close();
    }
  }
}
