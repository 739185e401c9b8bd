/**
 * What a driver gives to the MX library: boards, opened endpoints with their windows, registered
 * memory. netfront implements it in a VM; any other way to reach a NIC implements the same.
 */
@NullMarked
package io.myrixen.mx.board;

import org.jspecify.annotations.NullMarked;
