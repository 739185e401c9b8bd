package io.myrixen.netback;

import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.control.Detail;
import org.jspecify.annotations.Nullable;

/** What one VM holds of the driver domain, over all its boards, against its quotas. */
final class VmAccount {

  private final NetbackContext context;
  private final Tally tally;
  private int devices;
  private int endpoints;
  private int regions;
  private int pages;
  private int runs;

  VmAccount(NetbackContext context, Tally tally) {
    this.context = context;
    this.tally = tally;
  }

  /** Takes one device, unless the quota is used up. */
  boolean takeDevice() {
    if (devices == context.devicesPerVm()) {
      return false;
    }
    devices++;
    return true;
  }

  void giveDevice() {
    devices--;
  }

  /** Takes an endpoint with a window of so many pages; or returns the quota that is in the way. */
  @Nullable Refusal takeEndpoint(int pageCount) {
    if (endpoints == context.endpointsPerVm()) {
      return quota(Detail.QUOTA_ENDPOINTS, context.endpointsPerVm());
    }
    Refusal refusal = takePages(pageCount);
    if (refusal == null) {
      endpoints++;
      tally.endpoints.incrementAndGet();
    }
    return refusal;
  }

  void giveEndpoint(int pageCount) {
    endpoints--;
    tally.endpoints.decrementAndGet();
    givePages(pageCount);
  }

  /** Takes a region of so many pages; or returns the quota that is in the way. */
  @Nullable Refusal takeRegion(int pageCount) {
    if (regions == context.regionsPerVm()) {
      return quota(Detail.QUOTA_REGIONS, context.regionsPerVm());
    }
    Refusal refusal = takePages(pageCount);
    if (refusal == null) {
      regions++;
    }
    return refusal;
  }

  void giveRegion(int pageCount) {
    regions--;
    givePages(pageCount);
  }

  /** Takes the runs that pages turned out to consist of; or returns the quota in the way. */
  @Nullable Refusal takeRuns(int runCount) {
    if (runCount > context.runsPerVm() - runs) {
      return quota(Detail.QUOTA_RUNS, context.runsPerVm());
    }
    runs += runCount;
    return null;
  }

  void giveRuns(int runCount) {
    runs -= runCount;
  }

  private @Nullable Refusal takePages(int pageCount) {
    if (pageCount > context.pinnedPagesPerVm() - pages) {
      return quota(Detail.QUOTA_PINNED_PAGES, context.pinnedPagesPerVm());
    }
    pages += pageCount;
    tally.pinnedPages.addAndGet(pageCount);
    return null;
  }

  private void givePages(int pageCount) {
    pages -= pageCount;
    tally.pinnedPages.addAndGet(-pageCount);
  }

  private static Refusal quota(Detail detail, long value) {
    return new Refusal(ReturnCode.NO_RESOURCES, detail, value);
  }
}
