/** Writes what came of the cases down: for people a table, for build servers JUnit's XML. */
@NullMarked
package io.myrixen.conformance.report;

import org.jspecify.annotations.NullMarked;
