package io.myrixen.driver.process;

import io.myrixen.netfront.NativeBoards;
import io.myrixen.netfront.NativeBoardsProvider;
import java.nio.file.Path;
import java.util.Map;

/** A native process asks the driver domain itself: nothing is made for it beforehand. */
record NativeBoard(Path runDirectory, String name) implements BoardSource {

  @Override
  public Map<String, String> environment() {
    return Map.of(
        NativeBoardsProvider.SOCKET_ENVIRONMENT_VARIABLE,
        runDirectory.resolve(NativeBoards.SOCKET).toString(),
        NativeBoardsProvider.NAME_ENVIRONMENT_VARIABLE,
        name + ":0",
        VmDomain.TOKEN_VARIABLE,
        "");
  }

  @Override
  public void close() {}
}
