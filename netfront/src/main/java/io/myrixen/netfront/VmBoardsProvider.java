package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.BoardDriverProvider;
import io.myrixen.xen.XenException;
import io.myrixen.xen.host.HostDomain;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the boards of a process that was started as a VM, with its token in the environment. */
public final class VmBoardsProvider implements BoardDriverProvider {

  /** Names the file that says which domain this process is. */
  public static final String TOKEN_ENVIRONMENT_VARIABLE = "MYRIXEN_TOKEN";

  /** For {@link java.util.ServiceLoader}. */
  public VmBoardsProvider() {}

  @Override
  public Optional<BoardDriver> open() {
    String token = System.getenv(TOKEN_ENVIRONMENT_VARIABLE);
    if (token == null || token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(open(Path.of(token)));
  }

  @Override
  public String requirement() {
    return TOKEN_ENVIRONMENT_VARIABLE + " must name the token file of this VM's domain";
  }

  /**
   * Becomes the domain that {@code tokenFile} names; it ends with the driver.
   *
   * @throws MxException with {@code NO_DRIVER} if that cannot be
   */
  public static BoardDriver open(Path tokenFile) {
    HostDomain domain;
    try {
      domain = HostDomain.attach(tokenFile);
    } catch (XenException e) {
      throw new MxException(ReturnCode.NO_DRIVER, String.valueOf(e.getMessage()), e);
    }
    return VmBoards.attach(domain, NetfrontContext.fromSystemProperties(), domain::close);
  }
}
