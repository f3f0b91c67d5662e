/**
 * Keeps what was said in files, where that is wanted. A conversation never waits for it and never fails with it; what belongs into a
 * transcript is decided in {@code app.call}.
 */
@NullMarked
package dev.parley.app.transcript;

import org.jspecify.annotations.NullMarked;
