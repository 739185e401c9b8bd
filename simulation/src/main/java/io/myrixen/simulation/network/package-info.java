/**
 * A switch and its links: latency, bandwidth, queues that overflow, and faults by plan and chance.
 * Carries whole Ethernet frames between the ports of simulated NICs.
 */
@NullMarked
package io.myrixen.simulation.network;

import org.jspecify.annotations.NullMarked;
