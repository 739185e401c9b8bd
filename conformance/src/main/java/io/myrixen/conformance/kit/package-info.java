/**
 * What a case is made of: its name and rule, and the scene it plays in, with two endpoints, memory,
 * and waiting that has an end.
 */
@NullMarked
package io.myrixen.conformance.kit;

import org.jspecify.annotations.NullMarked;
