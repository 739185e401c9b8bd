package io.myrixen.driver.hypervisor;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.DomainFrame;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Purpose;
import io.myrixen.xen.host.Token;
import io.myrixen.xen.linux.Users;
import io.myrixen.xen.local.GuestDomain;
import io.myrixen.xen.local.Hypervisor;
import io.netty.channel.Channel;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The domains of this service, and who is let in as one. Event loop only. */
final class Guests {

  /**
   * Most connections of one domain to the store. A driver has one or two; what a backend opens for
   * each of its frontends is still far below.
   */
  private static final int STORES_PER_DOMAIN = 64;

  /** Most connections that have not said who they are: more is no process being slow. */
  static final int MAX_STRANGERS = 256;

  private final Hypervisor hypervisor;
  private final RunDirectory directory;
  private final Int2ObjectHashMap<Guest> guests = new Int2ObjectHashMap<>();

  private int strangerCount;

  Guests(Hypervisor hypervisor, RunDirectory directory) {
    this.hypervisor = hypervisor;
    this.directory = directory;
  }

  /** Creates a domain for a process of the user {@code uid}. */
  Guest create(String name, int uid) {
    if (uid != (int) Users.currentUid()) {
      directory.openToOtherUsers();
    }
    GuestDomain domain = hypervisor.createGuest(name);
    var guest = new Guest(domain, uid, Token.random());
    guests.put(domain.domid(), guest);
    domain.whenEnded(() -> ended(guest));
    return guest;
  }

  /** Counts a connection that has not said who it is. Returns false if there are too many. */
  boolean enter() {
    strangerCount++;
    return strangerCount <= MAX_STRANGERS;
  }

  /** Ends one {@link #enter}: it has said so, or gone. */
  void leave() {
    strangerCount--;
  }

  /** Returns the living domain with that id, or null. */
  @Nullable Guest find(int domid) {
    return guests.get(domid);
  }

  /** The domains alive, in order of their ids. */
  List<Guest> all() {
    return guests.values().stream()
        .sorted((a, b) -> Integer.compare(a.domain().domid(), b.domain().domid()))
        .toList();
  }

  /**
   * Judges who wants to be a domain.
   *
   * @param peerUid the user whose process connected, as the kernel says
   * @throws XenException saying why not
   */
  Guest admit(Hello hello, int peerUid) {
    if (hello.version() != DomainFrame.VERSION) {
      throw new XenException(
          Reason.BAD_REQUEST,
          "protocol version %s is not spoken here, %d is"
              .formatted(Integer.toUnsignedString(hello.version()), DomainFrame.VERSION));
    }
    Guest guest = guests.get(hello.domid());
    if (guest == null) {
      throw new XenException(
          Reason.NO_DOMAIN, "no domain " + Integer.toUnsignedString(hello.domid()));
    }
    if (!guest.token().matches(hello.token())) {
      throw refusal(guest, "wrong token");
    }
    if (guest.uid() != peerUid) {
      throw refusal(
          guest,
          "it is for user %s, not for user %s"
              .formatted(Integer.toUnsignedString(guest.uid()), Integer.toUnsignedString(peerUid)));
    }
    if (hello.purpose() == Purpose.CONTROL && guest.control() != null) {
      throw refusal(guest, "a process is attached already");
    }
    if (hello.purpose() == Purpose.STORE) {
      requireRoomForStore(guest);
    }
    return guest;
  }

  private static void requireRoomForStore(Guest guest) {
    if (guest.control() == null) {
      throw refusal(guest, "no process is attached yet");
    }
    if (guest.stores().size() >= STORES_PER_DOMAIN) {
      throw new XenException(
          Reason.NO_SPACE,
          "domain %d: limit of store connections reached: %d"
              .formatted(guest.domain().domid(), STORES_PER_DOMAIN));
    }
  }

  private static XenException refusal(Guest guest, String why) {
    return new XenException(Reason.NOT_PERMITTED, "domain " + guest.domain().domid() + ": " + why);
  }

  /** Forgets a domain and hangs up on its process. */
  private void ended(Guest guest) {
    guests.remove(guest.domain().domid());
    directory.removeToken(guest.domain().domid());
    Channel control = guest.control();
    if (control != null) {
      closeLater(control);
    }
    guest.stores().forEach(Guests::closeLater);
  }

  /** Closes when the request under way has been answered. */
  private static void closeLater(Channel channel) {
    channel
        .eventLoop()
        .execute(() -> {
          var _ = channel.close();
        });
  }
}
