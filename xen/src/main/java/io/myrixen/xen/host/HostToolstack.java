package io.myrixen.xen.host;

import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.linux.PollWaiter;
import io.myrixen.xen.linux.Users;
import io.myrixen.xen.local.HypervisorCounters;
import io.myrixen.xen.store.XenStoreClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The toolstack's connection to a hypervisor service: dom0's view of the store, and the commands
 * that create and destroy domains. Confined to one thread at a time.
 */
public final class HostToolstack implements AutoCloseable {

  private final Path runDirectory;
  private final XenStoreClient client;

  private HostToolstack(Path runDirectory, XenStoreClient client) {
    this.runDirectory = runDirectory;
    this.client = client;
  }

  /**
   * Connects to the service that runs in {@code runDirectory}.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if none does, saying how to start one
   */
  public static HostToolstack connect(Path runDirectory) {
    return new HostToolstack(runDirectory, new XenStoreClient(stream(runDirectory)));
  }

  private static StoreStream stream(Path runDirectory) {
    return new StoreStream(Hypervisors.connect(runDirectory.resolve(Hypervisors.TOOLSTACK_SOCKET)));
  }

  /**
   * A domain just created, for one process to attach to.
   *
   * @param domid its id
   * @param tokenFile where the process finds what it needs; it goes with the domain
   */
  public record Ticket(int domid, Path tokenFile) {}

  /** Creates a domain for a process of this process's user. See {@link #createDomain}. */
  public Ticket createDomain(String name) {
    return createDomain(name, Users.currentUid());
  }

  /**
   * Creates a domain for a process of the user {@code uid}, and writes its token file. It is there
   * from now on, whether or not a process ever attaches to it: then until it is destroyed.
   *
   * @throws XenException with {@code BAD_REQUEST} if the name is not plain or a living domain has
   *     it, {@code NO_SPACE} if the ids have run out
   */
  public Ticket createDomain(String name, long uid) {
    Map<String, String> reply = values(control("create-domain", name, Long.toString(uid)));
    int domid = Integer.parseInt(reply.getOrDefault("domid", "-1"));
    Token token = Token.parse(reply.getOrDefault("token", ""));
    Path file = runDirectory.resolve(Hypervisors.TOKENS_DIRECTORY).resolve(Integer.toString(domid));
    try {
      new TokenFile(runDirectory.resolve(Hypervisors.DOMAIN_SOCKET), domid, token).write(file, uid);
    } catch (XenException e) {
      destroyDomain(domid);
      throw e;
    }
    return new Ticket(domid, file);
  }

  /**
   * Ends a domain, also one that no process has attached to; all that the hypervisor holds for it
   * is released, and its channels have ended for both sides, before this returns. Its process is
   * hung up on, not killed: what it has mapped stays mapped there until it goes.
   *
   * @throws XenException with {@code NO_DOMAIN} if there is none with that id
   */
  public void destroyDomain(int domid) {
    control("destroy-domain", Integer.toString(domid));
  }

  /** What the hypervisor has done since it began, and holds now. */
  public HypervisorCounters counters() {
    return HypervisorCounters.parse(control("counters"));
  }

  /**
   * The process of the service.
   *
   * @param uptimeMs how long it has run, in milliseconds
   */
  public record Service(long pid, long uptimeMs) {}

  /** Asks which process the service is. */
  public Service service() {
    Map<String, String> reply = values(control("service"));
    return new Service(
        Long.parseLong(reply.getOrDefault("pid", "0")),
        Long.parseLong(reply.getOrDefault("uptimeMs", "0")));
  }

  /**
   * A domain that lives.
   *
   * @param uid the user whose process may be it
   * @param pid the process that is it, or 0 if none has attached yet
   */
  public record LivingDomain(int domid, long uid, long pid, String name) {}

  /** Returns every domain but dom0, in order of their ids. */
  public List<LivingDomain> domains() {
    var domains = new ArrayList<LivingDomain>();
    List<LivingDomain> some = domainsFrom(0);
    while (!some.isEmpty()) {
      domains.addAll(some);
      some = domainsFrom(some.getLast().domid() + 1);
    }
    return domains;
  }

  private List<LivingDomain> domainsFrom(int domid) {
    return control("list-domains", Integer.toString(domid))
        .lines()
        .map(line -> line.split(" ", 4))
        .map(words ->
            new LivingDomain(
                Integer.parseInt(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                words[3]))
        .toList();
  }

  /** Opens a connection of its own to the store, as dom0. */
  public XenStore openStore() {
    return new HostStore(stream(runDirectory));
  }

  /** Returns a new place to sleep until a store opened here has something to read. */
  public Waiter newWaiter() {
    return new PollWaiter();
  }

  private String control(String... words) {
    try {
      return client.control(words);
    } catch (XenStoreException e) {
      String what = String.join(" ", words);
      throw switch (e.error()) {
        case "EINVAL" -> new XenException(Reason.BAD_REQUEST, "refused: " + what, e);
        case "EEXIST" ->
            new XenException(Reason.BAD_REQUEST, "a domain has that name already: " + what, e);
        case "ENOENT" -> new XenException(Reason.NO_DOMAIN, "no such domain: " + what, e);
        case "ENOSPC" -> new XenException(Reason.NO_SPACE, "no room: " + what, e);
        case "EACCES", "EPERM" -> new XenException(Reason.NOT_PERMITTED, "refused: " + what, e);
        default ->
            new XenException(
                Reason.NO_HYPERVISOR,
                "the hypervisor in " + runDirectory + " is gone: " + e.getMessage(),
                e);
      };
    }
  }

  private static Map<String, String> values(String text) {
    var values = new LinkedHashMap<String, String>();
    for (String line : text.split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return values;
  }

  @Override
  public void close() {
    client.close();
  }
}
