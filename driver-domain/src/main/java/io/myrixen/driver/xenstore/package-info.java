/** What people do with a store: look at trees of it, write values as text, change whole trees. */
@NullMarked
package io.myrixen.driver.xenstore;

import org.jspecify.annotations.NullMarked;
