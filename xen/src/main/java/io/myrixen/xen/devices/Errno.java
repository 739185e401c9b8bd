package io.myrixen.xen.devices;

/** Numbers of the errors by which Xen's devices say what is wrong, as Linux has them. */
final class Errno {

  static final int ENOENT = 2;
  static final int ESRCH = 3;
  static final int E2BIG = 7;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int ENOSPC = 28;

  private Errno() {}
}
