package io.myrixen.xen;

/** Something that a {@link Waiter} of the same domain can sleep on. */
public interface Pollable {}
