/**
 * Guests as seen by who started them: VMs that run our own program, told what to do by lines, and
 * watched for their death. The demo and pingpong are made of this.
 */
@NullMarked
package io.myrixen.driver.fleet;

import org.jspecify.annotations.NullMarked;
