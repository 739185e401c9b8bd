/** Gives the conformance kit boards to try, of every kind there is. */
@NullMarked
package io.myrixen.driver.conformance;

import org.jspecify.annotations.NullMarked;
