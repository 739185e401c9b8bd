package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A view that makes a request of every call, outside transactions or in one. */
final class RequestView implements StoreView {

  private final Exchange exchange;
  private final int transactionId;

  RequestView(Exchange exchange, int transactionId) {
    this.exchange = exchange;
    this.transactionId = transactionId;
  }

  /** Sends a request and waits for its reply. */
  interface Exchange {

    /**
     * Returns the reply to a request, never an error.
     *
     * @param subject what it is about, for the message of an error
     */
    XsMessage request(int type, int transactionId, byte[] payload, String subject);
  }

  @Override
  public String read(String path) {
    return request(XsType.READ, "read " + path, path).text();
  }

  @Override
  public @Nullable String find(String path) {
    try {
      return read(path);
    } catch (XenStoreException e) {
      if (e.error().equals(XsError.ENOENT.name())) {
        return null;
      }
      throw e;
    }
  }

  @Override
  public void write(String path, String value) {
    byte[] payload = ClientText.payload(ClientText.bytes(value), path);
    exchange.request(XsType.WRITE, transactionId, payload, "write " + path);
  }

  @Override
  public void mkdir(String path) {
    request(XsType.MKDIR, "mkdir " + path, path);
  }

  @Override
  public void remove(String path) {
    request(XsType.RM, "remove " + path, path);
  }

  @Override
  public List<String> list(String path) {
    try {
      return ClientText.strings(request(XsType.DIRECTORY, "list " + path, path));
    } catch (XenStoreException e) {
      if (e.error().equals(XsError.E2BIG.name())) {
        return listInParts(path);
      }
      throw e;
    }
  }

  /**
   * Collects the names from as many replies as it takes, and begins anew if the node changes
   * between two of them.
   */
  private List<String> listInParts(String path) {
    List<String> names = new ArrayList<>();
    String generation = null;
    int offset = 0;
    while (true) {
      XsMessage reply =
          request(XsType.DIRECTORY_PART, "list " + path, path, Integer.toString(offset));
      List<String> words = ClientText.strings(reply);
      if (words.size() < 2) {
        throw new XenStoreException(XsError.EIO.name(), "part without a name or an end of " + path);
      }
      if (generation != null && !generation.equals(words.getFirst())) {
        names.clear();
        generation = null;
        offset = 0;
        continue;
      }
      generation = words.getFirst();
      for (String name : words.subList(1, words.size())) {
        if (name.isEmpty()) {
          return names;
        }
        names.add(name);
        offset += name.length() + 1;
      }
    }
  }

  @Override
  public List<StorePermission> permissions(String path) {
    List<StorePermission> permissions = new ArrayList<>();
    for (String word :
        ClientText.strings(request(XsType.GET_PERMS, "permissions of " + path, path))) {
      permissions.add(ClientText.permission(word));
    }
    return List.copyOf(permissions);
  }

  @Override
  public void setPermissions(String path, List<StorePermission> permissions) {
    List<String> words = new ArrayList<>();
    words.add(path);
    words.addAll(Permissions.format(permissions));
    String subject =
        String.format(
            Locale.ROOT, "set permissions %s of %s", words.subList(1, words.size()), path);
    request(XsType.SET_PERMS, subject, words.toArray(String[]::new));
  }

  XsMessage request(int type, String subject, String... words) {
    byte[] payload = ClientText.payload(Node.EMPTY, words);
    return exchange.request(type, transactionId, payload, subject);
  }
}
