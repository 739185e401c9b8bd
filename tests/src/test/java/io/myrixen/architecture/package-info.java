/**
 * Rules about the code itself, read from its bytecode: who may use whom, and what is never done.
 */
@NullMarked
package io.myrixen.architecture;

import org.jspecify.annotations.NullMarked;
