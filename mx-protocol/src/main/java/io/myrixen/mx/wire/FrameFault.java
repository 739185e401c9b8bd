package io.myrixen.mx.wire;

/** What is wrong with a frame as bytes; a frame with a fault is dropped and never answered. */
public enum FrameFault {

  /** Nothing: every field of the frame has been read. */
  NONE,

  /** Another EtherType: not for us, and no fault of the sender's. */
  OTHER_PROTOCOL,

  /** Too short for the header of its type. */
  TOO_SHORT,

  /** Longer than its profile allows. */
  TOO_LONG,

  /** A packet type that MXoE does not know, or that only a mapper or native MX acts upon. */
  UNKNOWN_TYPE,

  /** A length that its type does not allow, or that goes beyond the frame. */
  BAD_LENGTH,

  /** A fragment that does not lie in its message as its profile cuts it. */
  BAD_FRAGMENT,

  /** A PULL for more replies than its profile allows, or outside its own message. */
  BAD_BLOCK,

  /** A kind of TRUC or of nack that does not exist. */
  UNKNOWN_CODE,

  /** A hostname that is empty, too long or not ended by its only zero. */
  BAD_NAME
}
