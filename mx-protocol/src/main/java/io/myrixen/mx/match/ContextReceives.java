package io.myrixen.mx.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The posted receives of one context, found by the message they match.
 *
 * <p>A look-up costs one probe of a hash table for exact receives and one for each distinct other
 * mask in use, however many receives are posted; programs use a handful of masks.
 */
final class ContextReceives {

  /** Room for this many masks before the array grows; MPI libraries use two to four. */
  private static final int INITIAL_MASKS = 8;

  private final ChainTable chains = new ChainTable();

  /** The masks with open bits: the first {@link #maskCount} are in use, later ones are spare. */
  private @Nullable MaskCount[] masks = new MaskCount[INITIAL_MASKS];

  private int maskCount;
  private int exactCount;

  void add(MatchNode node) {
    chains.add(node);
    if (node.matchMask == MatchNode.EXACT) {
      exactCount++;
    } else {
      MaskCount mask = maskCountOf(node.matchMask);
      mask.count++;
      node.maskCount = mask;
    }
  }

  /** Returns the earliest that matches a message with {@code messageInfo}. */
  @Nullable MatchNode find(long messageInfo) {
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
    return best;
  }

  void remove(MatchNode node) {
    chains.remove(node);
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
}
