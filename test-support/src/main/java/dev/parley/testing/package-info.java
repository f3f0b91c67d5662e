/** Helpers that the tests of several modules share. Helpers of one module's tests stay in that module. */
@NullMarked
package dev.parley.testing;

import org.jspecify.annotations.NullMarked;
