/**
 * Writes the final texts of conversations into files, if the operator enables it. A conversation never waits for this package and never
 * fails because of it. Internal to this module; may change at any time.
 */
@NullMarked
package dev.parley.calls.transcript;

import org.jspecify.annotations.NullMarked;
