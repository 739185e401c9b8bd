package io.myrixen.driver.hypervisor;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.local.Hypervisor;
import io.myrixen.xen.store.ControlHandler;
import java.util.List;

/** The toolstack's commands: CONTROL requests of the store's protocol. Event loop only. */
final class ControlCommands implements ControlHandler {

  /** The longest answer that the protocol carries, in characters. */
  private static final int MAX_ANSWER_LENGTH = 4000;

  /** User numbers end below this one, which stands for nobody. */
  private static final long NO_UID = 0xFFFF_FFFFL;

  private final Hypervisor hypervisor;
  private final Guests guests;
  private final long startNs = System.nanoTime();

  ControlCommands(Hypervisor hypervisor, Guests guests) {
    this.hypervisor = hypervisor;
    this.guests = guests;
  }

  @Override
  public String handle(String command, List<String> arguments) {
    try {
      return switch (command) {
        case "create-domain" -> createDomain(exactly(2, command, arguments));
        case "destroy-domain" -> destroyDomain(exactly(1, command, arguments));
        case "list-domains" -> listDomains(arguments);
        case "counters" -> {
          exactly(0, command, arguments);
          yield hypervisor.counters().toText();
        }
        case "service" -> {
          exactly(0, command, arguments);
          yield service();
        }
        default -> throw new XenStoreException("EINVAL", "unknown command " + command);
      };
    } catch (XenException e) {
      String error =
          switch (e.reason()) {
            case BAD_REQUEST -> "EINVAL";
            case NO_DOMAIN -> "ENOENT";
            case NO_SPACE -> "ENOSPC";
            case NOT_PERMITTED -> "EACCES";
            case BAD_REFERENCE, BAD_PORT, NO_HYPERVISOR, SYSTEM -> "EIO";
          };
      throw new XenStoreException(error, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> exactly(int count, String command, List<String> arguments) {
    if (arguments.size() != count) {
      throw new XenStoreException(
          "EINVAL", command + " takes " + count + " arguments, not " + arguments.size());
    }
    return arguments;
  }

  private String createDomain(List<String> arguments) {
    String name = arguments.get(0);
    long uid = number(arguments.get(1), NO_UID - 1);
    if (guests.all().stream().anyMatch(guest -> guest.domain().name().equals(name))) {
      throw new XenStoreException("EEXIST", "a domain is named " + name);
    }
    Guest guest = guests.create(name, (int) uid);
    return "domid=" + guest.domain().domid() + "\ntoken=" + guest.token().hex() + "\n";
  }

  private String destroyDomain(List<String> arguments) {
    int domid = (int) number(arguments.get(0), Short.MAX_VALUE);
    if (domid != Hypervisor.TOOLSTACK_DOMID && guests.find(domid) == null) {
      throw new XenStoreException("ENOENT", "no domain " + domid);
    }
    hypervisor.destroy(domid);
    return "";
  }

  /** Which process this is, and for how long. */
  private String service() {
    long uptimeMs = (System.nanoTime() - startNs) / 1_000_000;
    return "pid=" + ProcessHandle.current().pid() + "\nuptimeMs=" + uptimeMs + "\n";
  }

  /**
   * One line for each domain: id, user, process or 0 while none has come, name. As many as one
   * answer holds, from the id given as argument on, or from the first.
   */
  private String listDomains(List<String> arguments) {
    long from = arguments.isEmpty() ? 0 : number(arguments.getFirst(), Short.MAX_VALUE);
    var text = new StringBuilder();
    for (Guest guest : guests.all()) {
      if (guest.domain().domid() >= from && text.length() < MAX_ANSWER_LENGTH - 128) {
        text.append(guest.domain().domid()).append(' ');
        text.append(Integer.toUnsignedString(guest.uid())).append(' ');
        text.append(guest.pid()).append(' ');
        text.append(guest.domain().name()).append('\n');
      }
    }
    return text.toString();
  }

  private static long number(String text, long max) {
    try {
      long value = Long.parseLong(text);
      if (value >= 0 && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Said below, like a number out of range.
    }
    throw new XenStoreException("EINVAL", "not a number from 0 to " + max + ": " + text);
  }
}
