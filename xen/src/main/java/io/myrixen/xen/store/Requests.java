package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.myrixen.xen.StorePermission;
import java.util.Arrays;
import java.util.List;

/** Reads the payload of each request, hands it to who carries it out, and queues the reply. */
final class Requests {

  /** The domid by which a domain means itself: DOMID_SELF of Xen. */
  private static final int DOMID_SELF = 0x7FF0;

  private final Store store;
  private final Tree tree;
  private final NodeRequests nodes;
  private final Watches watches;
  private final StoreLimits limits;

  Requests(Store store, Tree tree, NodeRequests nodes, Watches watches, StoreLimits limits) {
    this.store = store;
    this.tree = tree;
    this.nodes = nodes;
    this.watches = watches;
    this.limits = limits;
  }

  void handle(Session session, XsMessage request) {
    switch (request.type()) {
      case XsType.WATCH -> watch(session, request);
      case XsType.DIRECTORY,
          XsType.DIRECTORY_PART,
          XsType.READ,
          XsType.GET_PERMS,
          XsType.WRITE,
          XsType.MKDIR,
          XsType.RM,
          XsType.SET_PERMS -> {
        NodeSpace space = request.transactionId() == 0 ? tree : transaction(session, request);
        session.enqueueReply(onNode(session, space, request));
      }
      case XsType.TRANSACTION_START, XsType.TRANSACTION_END, XsType.UNWATCH, XsType.RESET_WATCHES ->
          session.enqueueReply(onConnection(session, request));
      default -> session.enqueueReply(onDomains(session, request));
    }
  }

  private XsMessage onNode(Session session, NodeSpace space, XsMessage request) {
    switch (request.type()) {
      case XsType.READ -> {
        return request.reply(nodes.read(session, space, onlyPath(session, request)).value());
      }
      case XsType.DIRECTORY -> {
        Node node = nodes.read(session, space, onlyPath(session, request));
        return request.reply(DirectoryReply.whole(node));
      }
      case XsType.DIRECTORY_PART -> {
        List<String> words = words(request, 2);
        Node node = nodes.read(session, space, path(session, words.get(0)));
        return request.reply(DirectoryReply.part(node, Numbers.offset(words.get(1))));
      }
      case XsType.GET_PERMS -> {
        Node node = nodes.read(session, space, onlyPath(session, request));
        byte[] payload = XsMessage.payloadOf(Permissions.format(node.permissions()));
        return request.reply(checkLength(payload));
      }
      case XsType.MKDIR -> nodes.makeDirectory(session, space, onlyPath(session, request));
      case XsType.RM -> nodes.remove(session, space, onlyPath(session, request));
      case XsType.SET_PERMS -> setPermissions(session, space, request);
      default -> write(session, space, request);
    }
    return request.ok();
  }

  private void write(Session session, NodeSpace space, XsMessage request) {
    byte[] payload = request.payload();
    int end = 0;
    while (end < payload.length && payload[end] != 0) {
      end++;
    }
    if (end == payload.length) {
      throw XsError.EINVAL.refusal();
    }
    String path = path(session, new String(payload, 0, end, ISO_8859_1));
    nodes.write(session, space, path, Arrays.copyOfRange(payload, end + 1, payload.length));
  }

  private void setPermissions(Session session, NodeSpace space, XsMessage request) {
    List<String> words = request.strings();
    if (words == null || words.size() < 2) {
      throw XsError.EINVAL.refusal();
    }
    String path = Paths.watchable(words.getFirst(), session.domid());
    List<StorePermission> permissions = Permissions.parse(words.subList(1, words.size()));
    if (!Paths.special(path)) {
      nodes.permissions(session, space, path, permissions, store::checkOwner);
      return;
    }
    List<StorePermission> old = watches.specialPermissions(path);
    if (!session.may(old, Permissions.WRITE | Permissions.OWNER)) {
      throw XsError.EACCES.refusal();
    }
    nodes.checkPermissionCount(session, permissions);
    store.checkOwner(permissions);
    watches.specialPermissions(path, permissions);
  }

  private void watch(Session session, XsMessage request) {
    Watches.Watch watch = watchOf(session, request);
    if (session.watches().contains(watch)) {
      throw XsError.EEXIST.refusal();
    }
    if (!session.privileged() && watches.count(session.domid()) >= limits.watches()) {
      throw XsError.E2BIG.refusal();
    }
    session.watches().add(watch);
    watches.add(watch);
    // Before any event: one comes at once, whether the node exists or not.
    session.enqueueReply(request.ok());
    watch.report(watch.path());
  }

  private static Watches.Watch watchOf(Session session, XsMessage request) {
    List<String> words = words(request, 2);
    String asked = words.get(0);
    String path = Paths.watchable(asked, session.domid());
    boolean relative = !path.equals(asked);
    String base = relative ? Paths.ofDomain(session.domid()) : "";
    return new Watches.Watch(session, path, words.get(1), base);
  }

  private XsMessage onConnection(Session session, XsMessage request) {
    switch (request.type()) {
      case XsType.UNWATCH -> {
        Watches.Watch watch = watchOf(session, request);
        if (!session.watches().remove(watch)) {
          throw XsError.ENOENT.refusal();
        }
        watches.remove(watch);
      }
      case XsType.RESET_WATCHES -> store.dropWatchesAndTransactions(session);
      case XsType.TRANSACTION_START -> {
        return request.reply(XsMessage.payloadOf(start(session, request)));
      }
      default -> endTransaction(session, request);
    }
    return request.ok();
  }

  private String start(Session session, XsMessage request) {
    if (request.transactionId() != 0) {
      transaction(session, request);
      throw XsError.EBUSY.refusal();
    }
    if (!session.privileged() && store.openTransactions(session.domid()) >= limits.transactions()) {
      throw XsError.ENOSPC.refusal();
    }
    int id = session.nextTransactionId();
    session.transactions().put(id, new Transaction(tree, session, limits));
    return Integer.toUnsignedString(id);
  }

  private void endTransaction(Session session, XsMessage request) {
    String flag = request.text();
    if (!flag.equals("T\0") && !flag.equals("F\0")) {
      throw XsError.EINVAL.refusal();
    }
    Transaction transaction = transaction(session, request);
    session.transactions().remove(request.transactionId());
    if (flag.startsWith("T")) {
      transaction.commit(limits.nodes());
    }
  }

  /** Requests about domains, the toolstack's own, and what no client may send. */
  private XsMessage onDomains(Session session, XsMessage request) {
    return switch (request.type()) {
      case XsType.GET_DOMAIN_PATH ->
          request.reply(XsMessage.payloadOf(Paths.ofDomain(firstDomid(request, 1))));
      case XsType.IS_DOMAIN_INTRODUCED -> {
        requirePrivilege(session);
        int domid = firstDomid(request, 1);
        boolean known = domid == DOMID_SELF || store.introduced(domid);
        yield request.reply(XsMessage.payloadOf(known ? "T" : "F"));
      }
      case XsType.CONTROL -> {
        requirePrivilege(session);
        List<String> words = request.strings();
        if (words == null || words.isEmpty()) {
          throw XsError.EINVAL.refusal();
        }
        yield request.reply(checkLength(store.control(words)));
      }
      case XsType.INTRODUCE -> {
        // A domain comes into being in its hypervisor, which lets it in here: said again is fine.
        requirePrivilege(session);
        if (!store.introduced(firstDomid(request, 3))) {
          throw XsError.EINVAL.refusal();
        }
        yield request.ok();
      }
      case XsType.RELEASE, XsType.RESUME, XsType.SET_TARGET -> {
        // Here a domain ends in its hypervisor only, is never suspended, and stands for itself.
        requirePrivilege(session);
        throw XsError.ENOSYS.refusal();
      }
      default -> throw XsError.ENOSYS.refusal();
    };
  }

  private static int firstDomid(XsMessage request, int wordCount) {
    return Numbers.domid(words(request, wordCount).getFirst());
  }

  private static Transaction transaction(Session session, XsMessage request) {
    Transaction transaction = session.transactions().get(request.transactionId());
    if (transaction == null) {
      throw XsError.ENOENT.refusal();
    }
    return transaction;
  }

  private static void requirePrivilege(Session session) {
    if (!session.privileged()) {
      throw XsError.EACCES.refusal();
    }
  }

  private static List<String> words(XsMessage request, int count) {
    List<String> words = request.strings();
    if (words == null || words.size() != count) {
      throw XsError.EINVAL.refusal();
    }
    return words;
  }

  private static String onlyPath(Session session, XsMessage request) {
    return path(session, words(request, 1).getFirst());
  }

  /** Returns the absolute path of a node: special names are for watches. */
  private static String path(Session session, String asked) {
    if (Paths.special(asked)) {
      throw XsError.EINVAL.refusal();
    }
    return Paths.absolute(asked, session.domid());
  }

  private static byte[] checkLength(byte[] payload) {
    if (payload.length > XsMessage.MAX_PAYLOAD_BYTES) {
      throw XsError.E2BIG.refusal();
    }
    return payload;
  }
}
