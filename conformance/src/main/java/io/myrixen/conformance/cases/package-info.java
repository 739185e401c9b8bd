/**
 * The cases, by what they are about. Each names the section of the facts about MX that its promise
 * comes from, and uses MX's public API alone.
 */
@NullMarked
package io.myrixen.conformance.cases;

import org.jspecify.annotations.NullMarked;
