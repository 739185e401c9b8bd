package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.myrixen.xen.StorePermission;
import java.util.Arrays;
import java.util.List;

/** Reads the payload of each request, hands it to who carries it out, and queues the reply. */
final class Requests {

  private final Store store;
  private final Tree tree;
  private final Watches watches;
  private final DomainRequests domains;

  Requests(Store store, Tree tree, Watches watches) {
    this.store = store;
    this.tree = tree;
    this.watches = watches;
    this.domains = new DomainRequests(store);
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
      default -> session.enqueueReply(domains.handle(session, request));
    }
  }

  private XsMessage onNode(Session session, NodeSpace space, XsMessage request) {
    switch (request.type()) {
      case XsType.READ -> {
        return request.reply(NodeRequests.read(session, space, onlyPath(session, request)).value());
      }
      case XsType.DIRECTORY -> {
        Node node = NodeRequests.read(session, space, onlyPath(session, request));
        return request.reply(DirectoryReply.whole(node));
      }
      case XsType.DIRECTORY_PART -> {
        List<String> words = request.words(2);
        Node node = NodeRequests.read(session, space, path(session, words.get(0)));
        return request.reply(DirectoryReply.part(node, Numbers.number(words.get(1))));
      }
      case XsType.GET_PERMS -> {
        Node node = NodeRequests.read(session, space, onlyPath(session, request));
        byte[] payload = XsMessage.payloadOf(Permissions.format(node.permissions()));
        return request.reply(XsMessage.checkLength(payload));
      }
      case XsType.MKDIR -> NodeRequests.makeDirectory(session, space, onlyPath(session, request));
      case XsType.RM -> NodeRequests.remove(session, space, onlyPath(session, request));
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
    NodeRequests.write(session, space, path, Arrays.copyOfRange(payload, end + 1, payload.length));
  }

  private void setPermissions(Session session, NodeSpace space, XsMessage request) {
    List<String> words = request.strings();
    if (words == null || words.size() < 2) {
      throw XsError.EINVAL.refusal();
    }
    String path = Paths.watchable(words.getFirst(), session.domid());
    List<StorePermission> permissions = Permissions.parse(words.subList(1, words.size()));
    if (!Paths.special(path)) {
      NodeRequests.permissions(session, space, path, permissions, store::checkOwner);
      return;
    }
    List<StorePermission> old = watches.specialPermissions(path);
    if (!session.may(old, Permissions.WRITE | Permissions.OWNER)) {
      throw XsError.EACCES.refusal();
    }
    Quota.PERMISSIONS.require(session, permissions.size());
    store.checkOwner(permissions);
    watches.specialPermissions(path, permissions);
  }

  private void watch(Session session, XsMessage request) {
    Watches.Watch watch = watchOf(session, request);
    if (session.watches().contains(watch)) {
      throw XsError.EEXIST.refusal();
    }
    int held = session.privileged() ? session.watches().size() : watches.count(session.domid());
    Quota.WATCHES.require(session, held + 1L);
    session.watches().add(watch);
    watches.add(watch);
    // Before any event: one comes at once, whether the node exists or not.
    session.enqueueReply(request.ok());
    watch.report(watch.path());
  }

  private static Watches.Watch watchOf(Session session, XsMessage request) {
    List<String> words = request.words(2);
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
    int held =
        session.privileged()
            ? session.transactions().size()
            : store.openTransactions(session.domid());
    Quota.TRANSACTIONS.require(session, held + 1L);
    int id = session.nextTransactionId();
    session.transactions().put(id, new Transaction(tree, session));
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
      transaction.commit();
    }
  }

  private static Transaction transaction(Session session, XsMessage request) {
    Transaction transaction = session.transactions().get(request.transactionId());
    if (transaction == null) {
      throw XsError.ENOENT.refusal();
    }
    return transaction;
  }

  private static String onlyPath(Session session, XsMessage request) {
    return path(session, request.words(1).getFirst());
  }

  /** Returns the absolute path of a node: special names are for watches. */
  private static String path(Session session, String asked) {
    if (Paths.special(asked)) {
      throw XsError.EINVAL.refusal();
    }
    return Paths.absolute(asked, session.domid());
  }
}
