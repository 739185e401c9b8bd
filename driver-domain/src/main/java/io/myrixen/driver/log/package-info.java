/** Where log lines of the services go: to standard error, one line each, and few of them. */
@NullMarked
package io.myrixen.driver.log;

import org.jspecify.annotations.NullMarked;
