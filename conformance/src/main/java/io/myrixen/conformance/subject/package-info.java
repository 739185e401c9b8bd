/**
 * What is tested: hosts with boards that endpoints are opened on, and the ways between them.
 * Whoever has another board implements {@code Subject}, or makes one of opened {@code Mx}.
 */
@NullMarked
package io.myrixen.conformance.subject;

import org.jspecify.annotations.NullMarked;
