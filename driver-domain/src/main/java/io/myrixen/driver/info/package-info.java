/** What a running system consists of, read from its store and its counters, without asking a VM. */
@NullMarked
package io.myrixen.driver.info;

import org.jspecify.annotations.NullMarked;
