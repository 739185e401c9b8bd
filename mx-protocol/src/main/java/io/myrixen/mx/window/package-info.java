/**
 * The window: the memory through which one endpoint and the NIC talk, as bytes. Both sides link
 * this package; neither believes what the other wrote until a {@link
 * io.myrixen.mx.window.Descriptor} of it has been judged.
 */
@NullMarked
package io.myrixen.mx.window;

import org.jspecify.annotations.NullMarked;
