package io.myrixen.mx.match;

/** One mask with open bits and how many posted receives have it. Reused for other masks later. */
final class MaskCount {

  long mask;
  int count;

  /** Index among the masks in use. */
  int index;
}
