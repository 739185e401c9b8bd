package io.myrixen.xen.host;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.nio.ByteBuffer;

/** A list of grant references, which travels as runs of consecutive ones. Not changed once made. */
public final class ReferenceList {

  private final int[] references;

  ReferenceList(int[] references) {
    this.references = references;
  }

  /** The references, for who promises not to change them. */
  public int[] references() {
    return references;
  }

  /**
   * Throws what a list is refused for that is too long for one request.
   *
   * @throws XenException with {@code NO_SPACE}, naming the limit
   */
  void requireSendable() {
    if (references.length > DomainRequest.MAX_MAP_PAGES) {
      throw new XenException(
          Reason.NO_SPACE,
          "limit of pages in one list: %d, not %d"
              .formatted(DomainRequest.MAX_MAP_PAGES, references.length));
    }
    int runCount = runCount();
    if (runCount > DomainFrame.MAX_RUNS) {
      throw new XenException(
          Reason.NO_SPACE,
          "limit of runs in one list: %d, not %d".formatted(DomainFrame.MAX_RUNS, runCount));
    }
  }

  private int runCount() {
    int runCount = 0;
    for (int i = 0; i < references.length; i = runEnd(i)) {
      runCount++;
    }
    return runCount;
  }

  /** Writes the number of runs and then each. */
  void write(ByteBuffer body) {
    body.putInt(runCount());
    for (int i = 0; i < references.length; i = runEnd(i)) {
      body.putInt(references[i]).putInt(runEnd(i) - i);
    }
  }

  private int runEnd(int begin) {
    int end = begin + 1;
    while (end < references.length && references[end] == references[end - 1] + 1) {
      end++;
    }
    return end;
  }
}
