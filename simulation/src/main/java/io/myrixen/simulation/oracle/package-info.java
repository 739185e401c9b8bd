/**
 * What must hold whatever goes wrong: each message once, in order, intact, with a status that what
 * happened allows. Knows what applications did and saw, and nothing of how messages travel.
 */
@NullMarked
package io.myrixen.simulation.oracle;

import org.jspecify.annotations.NullMarked;
