/**
 * The program that the demo and pingpong run in each VM: it does what lines on its standard input
 * say and answers on its standard output. It uses the public MX API alone, as any user's would.
 */
@NullMarked
package io.myrixen.driver.guest;

import org.jspecify.annotations.NullMarked;
