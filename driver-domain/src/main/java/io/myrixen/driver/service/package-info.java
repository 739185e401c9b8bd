/**
 * The driver domain: the NIC on one thread, netback on another, of any domain; as a process with
 * their counters in a file. How long the NIC looks before it sleeps is decided and configured here.
 */
@NullMarked
package io.myrixen.driver.service;

import org.jspecify.annotations.NullMarked;
