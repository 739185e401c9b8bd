/** What the domains of the test boot: kernel, a trimmed Java runtime, programs, one file system. */
@NullMarked
package io.myrixen.driver.xentest.image;

import org.jspecify.annotations.NullMarked;
