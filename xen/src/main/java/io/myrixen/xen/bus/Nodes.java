package io.myrixen.xen.bus;

import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reading nodes that may vanish. The store hides from a domain whether a node is there whose
 * ancestors it may not read, so that a node of the other end, once gone, answers EACCES.
 */
final class Nodes {

  private Nodes() {}

  static @Nullable String find(StoreView view, String path) {
    try {
      return view.read(path);
    } catch (XenStoreException e) {
      if (gone(e)) {
        return null;
      }
      throw e;
    }
  }

  static List<String> list(StoreView view, String path) {
    try {
      return view.list(path);
    } catch (XenStoreException e) {
      if (gone(e)) {
        return List.of();
      }
      throw e;
    }
  }

  static void remove(StoreView view, String path) {
    try {
      view.remove(path);
    } catch (XenStoreException e) {
      if (!gone(e)) {
        throw e;
      }
    }
  }

  /** Returns the number that {@code text} says, or -1 if it is none from 0 up. */
  static int number(@Nullable String text) {
    try {
      return text == null ? -1 : Math.max(-1, Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  private static boolean gone(XenStoreException e) {
    return e.error().equals("ENOENT") || e.error().equals("EACCES");
  }
}
