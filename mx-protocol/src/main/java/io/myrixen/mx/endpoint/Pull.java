package io.myrixen.mx.endpoint;

import io.myrixen.mx.memory.StagedSink;
import io.myrixen.mx.window.RdmaWindowEntry;
import org.jspecify.annotations.Nullable;

/** The receiving side of one rendezvous. Pooled. */
final class Pull {

  /** Its place in the table by which completions find it. */
  final int index;

  @Nullable EndpointRequest request;
  @Nullable Partner partner;
  int remoteId;
  int remoteGeneration;

  /** Where the message begins in the sender's RDMA window. */
  int remoteOffset;

  /** Bytes of the message, and how many of them fit. */
  long lengthBytes;

  long takenBytes;

  /** Own RDMA window, or -1. */
  int windowId = -1;

  /** Staging ring, or -1 if the NIC writes straight to the user's memory. */
  int ring = -1;

  int ringBytes;
  @Nullable StagedSink sink;
  @Nullable RdmaWindowEntry entry;

  /** Whether the NIC works on it. */
  boolean underWay;

  Pull(int index) {
    this.index = index;
  }

  void clear() {
    request = null;
    partner = null;
    windowId = -1;
    ring = -1;
    sink = null;
    entry = null;
    underWay = false;
  }
}
