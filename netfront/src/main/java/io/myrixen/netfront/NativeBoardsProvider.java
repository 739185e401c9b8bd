package io.myrixen.netfront;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.BoardDriverProvider;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the board of a process that was started as a native one. */
public final class NativeBoardsProvider implements BoardDriverProvider {

  /** Names the driver domain's socket for native processes. */
  public static final String SOCKET_ENVIRONMENT_VARIABLE = "MYRIXEN_NATIVE";

  /** Names the board, such as {@code bench:0}. */
  public static final String NAME_ENVIRONMENT_VARIABLE = "MYRIXEN_NATIVE_NAME";

  /** For {@link java.util.ServiceLoader}. */
  public NativeBoardsProvider() {}

  @Override
  public Optional<BoardDriver> open() {
    String socket = System.getenv(SOCKET_ENVIRONMENT_VARIABLE);
    if (socket == null || socket.isEmpty()) {
      return Optional.empty();
    }
    String named = System.getenv(NAME_ENVIRONMENT_VARIABLE);
    String name =
        named == null || named.isEmpty() ? "native-" + ProcessHandle.current().pid() + ":0" : named;
    return Optional.of(
        NativeBoards.attach(Path.of(socket), name, NetfrontContext.fromSystemProperties()));
  }

  @Override
  public String requirement() {
    return SOCKET_ENVIRONMENT_VARIABLE + " must name the native socket of a driver domain";
  }
}
