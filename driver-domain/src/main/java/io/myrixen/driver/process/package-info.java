/**
 * Processes that the commands start and end: VMs with their domain and devices, and the services
 * when nobody runs them yet. Whatever is started here ends with who started it.
 */
@NullMarked
package io.myrixen.driver.process;

import org.jspecify.annotations.NullMarked;
