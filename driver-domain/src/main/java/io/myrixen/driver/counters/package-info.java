/**
 * Counters of a service as a file mapped into memory: who reads them asks nobody, so that looking
 * at what the data path did does nothing on the control path. One writer, any number of readers.
 */
@NullMarked
package io.myrixen.driver.counters;

import org.jspecify.annotations.NullMarked;
