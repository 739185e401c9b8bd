/**
 * The JUnit 5 extension: gives a test an embedded system of its own, and VMs as parameters. Needs
 * JUnit Jupiter 5.13 at least, which the test's own build brings.
 */
@NullMarked
package io.myrixen.junit;

import org.jspecify.annotations.NullMarked;
