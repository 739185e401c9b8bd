package io.myrixen.driver.process;

import io.myrixen.mx.board.BoardDriver;
import io.myrixen.netfront.NativeBoards;
import io.myrixen.netfront.NativeBoardsProvider;
import io.myrixen.netfront.NetfrontContext;
import java.nio.file.Path;
import java.util.Map;

/** A native process asks the driver domain itself: nothing is made for it beforehand. */
record NativeBoard(Path runDirectory, String name) implements BoardSource {

  @Override
  public Map<String, String> environment() {
    return Map.of(
        NativeBoardsProvider.SOCKET_ENVIRONMENT_VARIABLE,
        socket().toString(),
        NativeBoardsProvider.NAME_ENVIRONMENT_VARIABLE,
        hostname(),
        VmDomain.TOKEN_VARIABLE,
        "");
  }

  @Override
  public BoardDriver attach() {
    return NativeBoards.attach(socket(), hostname(), NetfrontContext.fromSystemProperties());
  }

  private Path socket() {
    return runDirectory.resolve(NativeBoards.SOCKET);
  }

  private String hostname() {
    return name + ":0";
  }

  @Override
  public void close() {}
}
