/** The emulated machine that Xen runs on, and what it reports. */
@NullMarked
package io.myrixen.driver.xentest.machine;

import org.jspecify.annotations.NullMarked;
