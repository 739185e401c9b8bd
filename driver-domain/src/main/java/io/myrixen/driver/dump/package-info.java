/**
 * What the library of a VM does with an endpoint, asked through the store: the question, the
 * answer, which is the VM's and therefore judged, and what people and machines are shown of it.
 */
@NullMarked
package io.myrixen.driver.dump;

import org.jspecify.annotations.NullMarked;
