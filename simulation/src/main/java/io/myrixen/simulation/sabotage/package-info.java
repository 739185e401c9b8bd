/**
 * Defects planted into the library and the NIC, to see that campaigns find them: changes of their
 * bytecode in a class loader of its own, so that what ships has no hook for it.
 */
@NullMarked
package io.myrixen.simulation.sabotage;

import org.jspecify.annotations.NullMarked;
