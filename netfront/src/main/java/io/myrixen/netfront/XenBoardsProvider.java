package io.myrixen.netfront;

import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.board.BoardDriver;
import io.myrixen.mx.board.BoardDriverProvider;
import io.myrixen.xen.Domain;
import io.myrixen.xen.XenException;
import io.myrixen.xen.devices.DomainRole;
import io.myrixen.xen.devices.XenDomain;
import java.util.Optional;

/**
 * Opens the boards of the domain of real Xen that this process runs in. Asked last: whoever is told
 * by the environment which boards to take does not look for others.
 */
public final class XenBoardsProvider implements BoardDriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public XenBoardsProvider() {}

  @Override
  public Optional<BoardDriver> open() {
    if (!XenDomain.present()) {
      return Optional.empty();
    }
    Domain domain;
    try {
      domain = XenDomain.attach(DomainRole.FRONTEND);
    } catch (XenException e) {
      throw new MxException(ReturnCode.NO_DRIVER, String.valueOf(e.getMessage()), e);
    }
    return Optional.of(
        VmBoards.attach(domain, NetfrontContext.fromSystemProperties(), domain::close));
  }

  @Override
  public String requirement() {
    return "or it must run in a domain of Xen, whose kernel has /dev/xen/xenbus";
  }
}
