package io.myrixen.mx.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The receives that wait for a message. A message goes to the earliest posted one that matches,
 * whatever its mask.
 *
 * <p>A look-up costs one probe of a hash table for exact receives and one for each distinct other
 * mask in use, however many receives are posted; programs use a handful of masks. Confined to
 * whoever holds the endpoint.
 *
 * @param <R> the node class, which alone is ever added
 */
public final class PostedReceives<R extends MatchNode> {

  /** Room for this many masks before the array grows; MPI libraries use two to four. */
  private static final int INITIAL_MASKS = 8;

  private final OrderedNodes order = new OrderedNodes();
  private final ChainTable chains = new ChainTable();

  /** The masks with open bits: the first {@link #maskCount} are in use, later ones are spare. */
  private @Nullable MaskCount[] masks = new MaskCount[INITIAL_MASKS];

  private int maskCount;
  private int exactCount;

  /** Makes it empty. */
  public PostedReceives() {}

  /** Posts {@code node} behind all others. */
  public void add(R node) {
    order.add(node, this);
    chains.add(node);
    if (node.matchMask == MatchNode.EXACT) {
      exactCount++;
    } else {
      MaskCount mask = maskCountOf(node.matchMask);
      mask.count++;
      node.maskCount = mask;
    }
  }

  /** Takes out the earliest posted receive that matches a message with {@code messageInfo}. */
  public @Nullable R takeMatch(long messageInfo) {
    MatchNode best = exactCount == 0 ? null : chains.first(messageInfo, MatchNode.EXACT);
    for (int i = 0; i < maskCount; i++) {
      MaskCount used = masks[i];
      if (used != null) {
        MatchNode candidate = chains.first(messageInfo & used.mask, used.mask);
        if (candidate != null && (best == null || candidate.sequence < best.sequence)) {
          best = candidate;
        }
      }
    }
    if (best == null) {
      return null;
    }
    unlink(best);
    return cast(best);
  }

  /**
   * Takes {@code node} out again.
   *
   * @return whether it was posted here
   */
  public boolean remove(R node) {
    if (node.queue != this) {
      return false;
    }
    unlink(node);
    return true;
  }

  /** How many receives are posted. */
  public int size() {
    return order.size();
  }

  /** The one that was posted first. */
  public @Nullable R oldest() {
    return cast(order.oldest);
  }

  /** The one that was posted next after {@code node}, which is posted. */
  public @Nullable R after(R node) {
    return cast(node.newer);
  }

  private void unlink(MatchNode node) {
    chains.remove(node);
    order.remove(node);
    MaskCount mask = node.maskCount;
    if (mask == null) {
      exactCount--;
      return;
    }
    node.maskCount = null;
    if (--mask.count == 0) {
      maskCount--;
      MaskCount last = masks[maskCount];
      place(last, mask.index);
      place(mask, maskCount);
    }
  }

  private MaskCount maskCountOf(long wanted) {
    for (int i = 0; i < maskCount; i++) {
      MaskCount used = masks[i];
      if (used != null && used.mask == wanted) {
        return used;
      }
    }
    if (maskCount == masks.length) {
      masks = Arrays.copyOf(masks, maskCount * 2);
    }
    MaskCount spare = masks[maskCount];
    if (spare == null) {
      spare = new MaskCount();
      place(spare, maskCount);
    }
    maskCount++;
    spare.mask = wanted;
    return spare;
  }

  private void place(@Nullable MaskCount mask, int index) {
    masks[index] = mask;
    if (mask != null) {
      mask.index = index;
    }
  }

  /** Only nodes of class R are ever added. */
  @SuppressWarnings("unchecked")
  private @Nullable R cast(@Nullable MatchNode node) {
    return (R) node;
  }
}
