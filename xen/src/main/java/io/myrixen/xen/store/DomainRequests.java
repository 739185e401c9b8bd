package io.myrixen.xen.store;

import java.util.List;

/**
 * Requests about domains, and the toolstack's own. All but GET_DOMAIN_PATH answer EACCES to whoever
 * is not privileged. What no client may send (WATCH_EVENT, ERROR, the RESTRICT of old, numbers of
 * later versions) answers ENOSYS to everybody.
 */
final class DomainRequests {

  /** The domid by which a domain means itself: DOMID_SELF of Xen. */
  private static final int DOMID_SELF = 0x7FF0;

  private final Store store;

  DomainRequests(Store store) {
    this.store = store;
  }

  XsMessage handle(Session session, XsMessage request) {
    return switch (request.type()) {
      case XsType.GET_DOMAIN_PATH -> {
        int domid = Numbers.domid(request.words(1).getFirst());
        yield request.reply(XsMessage.payloadOf(Paths.ofDomain(domid)));
      }
      case XsType.CONTROL,
          XsType.INTRODUCE,
          XsType.RELEASE,
          XsType.IS_DOMAIN_INTRODUCED,
          XsType.RESUME,
          XsType.SET_TARGET -> {
        if (!session.privileged()) {
          throw XsError.EACCES.refusal();
        }
        yield ofToolstack(request);
      }
      default -> throw XsError.ENOSYS.refusal();
    };
  }

  private XsMessage ofToolstack(XsMessage request) {
    switch (request.type()) {
      case XsType.IS_DOMAIN_INTRODUCED -> {
        int domid = Numbers.domid(request.words(1).getFirst());
        boolean known = domid == DOMID_SELF || store.introduced(domid);
        return request.reply(XsMessage.payloadOf(known ? "T" : "F"));
      }
      case XsType.CONTROL -> {
        List<String> words = request.strings();
        if (words == null || words.isEmpty()) {
          throw XsError.EINVAL.refusal();
        }
        return request.reply(XsMessage.checkLength(store.control(words)));
      }
      case XsType.INTRODUCE -> introduce(request.words(3));
      case XsType.RELEASE -> store.withdraw(Numbers.domid(request.words(1).getFirst()));
      case XsType.RESUME -> resume(Numbers.domid(request.words(1).getFirst()));
      default -> {
        List<String> words = request.words(2);
        store.target(Numbers.domid(words.get(0)), Numbers.domid(words.get(1)));
      }
    }
    return request.ok();
  }

  /** Page and port mean nothing here: a domain's connections come in through its hypervisor. */
  private void introduce(List<String> words) {
    if (Numbers.number(words.get(2)) < 1) {
      throw XsError.EINVAL.refusal();
    }
    store.introduceAgain(Numbers.domid(words.get(0)));
  }

  /** A domain here is never shut down and yet alive, so that there is nothing to take back. */
  private void resume(int domid) {
    if (!store.introduced(domid)) {
      throw XsError.ENOENT.refusal();
    }
  }
}
