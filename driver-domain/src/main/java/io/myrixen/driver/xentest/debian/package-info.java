/**
 * Debian's packages as a source of programs and kernels: which versions apt offers, fetched into a
 * cache and unpacked there. Nothing is installed, and nothing needs root.
 */
@NullMarked
package io.myrixen.driver.xentest.debian;

import org.jspecify.annotations.NullMarked;
