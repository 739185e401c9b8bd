package io.myrixen.xen.store;

import io.myrixen.xen.StorePermission;
import io.myrixen.xen.StorePermission.Access;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The live nodes, by path, and who owns how many. */
final class Tree implements NodeSpace {

  private static final List<StorePermission> INITIAL = List.of(new StorePermission(0, Access.NONE));

  private final Map<String, Node> nodes = new HashMap<>();
  private final Map<Integer, Integer> ownedCounts = new HashMap<>();
  private final Watches watches;
  private long lastGeneration;

  /** Makes the nodes that a fresh store has. */
  Tree(Watches watches) {
    this.watches = watches;
    put("/tool/xenstored", Node.fresh(Node.EMPTY, INITIAL));
    put("/tool", Node.fresh(Node.EMPTY, INITIAL).withChild("xenstored"));
    put(Paths.ROOT, Node.fresh(Node.EMPTY, INITIAL).withChild("tool"));
  }

  @Override
  public @Nullable Node node(String path) {
    return nodes.get(path);
  }

  @Override
  public void put(String path, Node node) {
    Node old = nodes.put(path, node.withGeneration(nextGeneration()));
    if (old != null) {
      ownedCounts.merge(old.owner(), -1, Integer::sum);
    }
    ownedCounts.merge(node.owner(), 1, Integer::sum);
  }

  @Override
  public void delete(String path) {
    Node old = nodes.remove(path);
    if (old != null) {
      ownedCounts.merge(old.owner(), -1, Integer::sum);
    }
  }

  @Override
  public int ownedNodes(int domid) {
    return ownedCounts.getOrDefault(domid, 0);
  }

  @Override
  public void changed(Change change) {
    watches.fire(change, this);
  }

  long nextGeneration() {
    return ++lastGeneration;
  }

  int size() {
    return nodes.size();
  }

  /** Returns the paths of all nodes that {@code domid} owns, each before what is below it. */
  List<String> owned(int domid) {
    List<String> paths = new ArrayList<>();
    if (ownedNodes(domid) > 0) {
      nodes.forEach((path, node) -> {
        if (node.owner() == domid) {
          paths.add(path);
        }
      });
    }
    paths.sort(null);
    return paths;
  }

  /** Drops the count of a domain that owns nothing any more. */
  void forget(int domid) {
    ownedCounts.remove(domid);
  }
}
