/**
 * The demo: VMs that find each other by name, exchange messages of every class with contents
 * verified, measure, move a file; and what the data path did meanwhile, from the services'
 * counters.
 */
@NullMarked
package io.myrixen.driver.demo;

import org.jspecify.annotations.NullMarked;
