/** Embedded systems as users have them, and the JUnit extension. */
@NullMarked
package io.myrixen.tests.embedded;

import org.jspecify.annotations.NullMarked;
