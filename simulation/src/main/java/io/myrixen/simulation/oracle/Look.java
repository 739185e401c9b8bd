package io.myrixen.simulation.oracle;

/**
 * What a probe has shown.
 *
 * @param message what it was
 * @param info what was looked for
 * @param mask in which bits
 * @param before how many receives had been posted at that endpoint
 */
record Look(Message message, long info, long mask, int before) {}
