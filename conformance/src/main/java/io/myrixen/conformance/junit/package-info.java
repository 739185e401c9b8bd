/**
 * The cases as JUnit 5 dynamic tests. Needs JUnit Jupiter's API, which the test's own build brings.
 */
@NullMarked
package io.myrixen.conformance.junit;

import org.jspecify.annotations.NullMarked;
