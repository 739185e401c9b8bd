/**
 * Programs of this machine that the test of real Xen uses, and how it says what is missing here.
 */
@NullMarked
package io.myrixen.driver.xentest.tool;

import org.jspecify.annotations.NullMarked;
