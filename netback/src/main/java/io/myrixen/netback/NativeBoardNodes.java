package io.myrixen.netback;

import io.myrixen.xen.StoreView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver domain writes down which boards native processes have: a node for each in its own
 * part of the store, named by the board's id, with the board's name.
 */
public final class NativeBoardNodes {

  private static final String DIRECTORY = "data/native";

  private NativeBoardNodes() {}

  /** The driver domain's own path of a board's node. */
  static String path(long nicId) {
    return "%s/%012x".formatted(DIRECTORY, nicId);
  }

  /**
   * A native board.
   *
   * @param nicId its id
   * @param hostname the name it is found by
   */
  public record NativeBoard(long nicId, String hostname) {}

  /** Returns the boards that driver domain {@code domid} has given to native processes. */
  public static List<NativeBoard> read(StoreView view, int domid) {
    String root = "/local/domain/%d/%s".formatted(domid, DIRECTORY);
    List<NativeBoard> boards = new ArrayList<>();
    if (view.find(root) == null) {
      return boards;
    }
    for (String node : view.list(root)) {
      @Nullable String hostname = view.find(root + "/" + node);
      if (hostname != null) {
        boards.add(new NativeBoard(Long.parseLong(node, 16), hostname));
      }
    }
    return boards;
  }
}
