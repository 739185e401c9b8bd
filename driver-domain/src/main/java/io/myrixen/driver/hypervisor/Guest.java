package io.myrixen.driver.hypervisor;

import io.myrixen.xen.host.Token;
import io.myrixen.xen.local.GuestDomain;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A domain of this service: the core's part of it, who may be it, and who is. Event loop only. */
final class Guest {

  private final GuestDomain domain;
  private final int uid;
  private final Token token;
  private final Set<Channel> stores = new HashSet<>();
  private @Nullable Channel control;
  private int pid;

  Guest(GuestDomain domain, int uid, Token token) {
    this.domain = domain;
    this.uid = uid;
    this.token = token;
  }

  GuestDomain domain() {
    return domain;
  }

  /** The user whose process may be this domain. */
  int uid() {
    return uid;
  }

  Token token() {
    return token;
  }

  /** The connection by which the domain lives, or null before its process has come. */
  @Nullable Channel control() {
    return control;
  }

  /** Its process as the kernel told when it came, or 0 before. */
  int pid() {
    return pid;
  }

  void attach(Channel control, int pid) {
    this.control = control;
    this.pid = pid;
  }

  Set<Channel> stores() {
    return stores;
  }
}
