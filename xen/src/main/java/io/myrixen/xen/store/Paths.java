package io.myrixen.xen.store;

/** What a path may look like, and its parts. Absolute paths only, but for {@link #absolute}. */
final class Paths {

  /**
   * Longest path after a leading {@code /local/domain/<domid>/}, in bytes: XENSTORE_REL_PATH_MAX of
   * the protocol, which xenstored holds every caller to.
   */
  static final int MAX_PATH_BYTES = 2048;

  static final String ROOT = "/";
  private static final String DOMAIN_PREFIX = "/local/domain/";
  private static final int MAX_DOMID_DIGITS = 5;

  private Paths() {}

  static String ofDomain(int domid) {
    return DOMAIN_PREFIX + domid;
  }

  /** Whether {@code path} names an event of the store itself, such as {@code @releaseDomain}. */
  static boolean special(String path) {
    return path.startsWith("@");
  }

  /** Returns {@code path} as an absolute one, of a caller in {@code domid}; refuses a bad one. */
  static String absolute(String path, int domid) {
    String absolute = path.startsWith(ROOT) ? path : ofDomain(domid) + ROOT + path;
    if (!allowed(absolute)) {
      throw XsError.EINVAL.refusal();
    }
    return absolute;
  }

  /** As {@link #absolute}, and a special name stands for itself. */
  static String watchable(String path, int domid) {
    if (!special(path)) {
      return absolute(path, domid);
    }
    if (path.length() > MAX_PATH_BYTES || !allowedCharacters(path)) {
      throw XsError.EINVAL.refusal();
    }
    return path;
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? ROOT : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static String child(String parent, String name) {
    return parent.equals(ROOT) ? ROOT + name : parent + ROOT + name;
  }

  private static boolean allowed(String path) {
    if (path.equals(ROOT)) {
      return true;
    }
    return path.length() - domainPrefixLength(path) <= MAX_PATH_BYTES
        && !path.endsWith(ROOT)
        && !path.contains("//")
        && allowedCharacters(path);
  }

  private static boolean allowedCharacters(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c);
      if (!alphanumeric && "-/_@".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int domainPrefixLength(String path) {
    if (!path.startsWith(DOMAIN_PREFIX)) {
      return 0;
    }
    int at = DOMAIN_PREFIX.length();
    while (at < path.length() && digit(path.charAt(at))) {
      at++;
    }
    int digits = at - DOMAIN_PREFIX.length();
    boolean whole = at < path.length() && path.charAt(at) == '/';
    return whole && digits >= 1 && digits <= MAX_DOMID_DIGITS ? at + 1 : 0;
  }

  static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
