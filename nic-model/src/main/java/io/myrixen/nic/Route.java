package io.myrixen.nic;

/**
 * Where a NIC id leads: to a board of this NIC. Closed, so that another way out has to say, at each
 * place that asks, what it does there.
 */
sealed interface Route permits LocalBoard {}
