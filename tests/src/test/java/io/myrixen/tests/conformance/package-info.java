/** The conformance kit on the boards of a whole system in one JVM. */
@NullMarked
package io.myrixen.tests.conformance;

import org.jspecify.annotations.NullMarked;
