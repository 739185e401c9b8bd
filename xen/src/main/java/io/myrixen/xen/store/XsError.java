package io.myrixen.xen.store;

/** The errors that the protocol knows, by their names on the wire. */
enum XsError {
  EINVAL,
  EACCES,
  EEXIST,
  EISDIR,
  ENOENT,
  ENOMEM,
  ENOSPC,
  EIO,
  ENOTEMPTY,
  ENOSYS,
  EROFS,
  EBUSY,
  EAGAIN,
  EISCONN,
  E2BIG,
  EPERM;

  /** Returns the error with that name; EINVAL for one that is not in the protocol. */
  static XsError of(String name) {
    for (XsError error : values()) {
      if (error.name().equals(name)) {
        return error;
      }
    }
    return EINVAL;
  }

  /** Returns what to throw to answer a request with this error. */
  StoreRefusal refusal() {
    return new StoreRefusal(this);
  }
}
