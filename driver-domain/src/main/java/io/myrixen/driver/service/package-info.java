/**
 * The driver domain as a process: the NIC on one thread, netback on another, their counters in a
 * file. How long the NIC looks before it sleeps is decided and configured here.
 */
@NullMarked
package io.myrixen.driver.service;

import org.jspecify.annotations.NullMarked;
