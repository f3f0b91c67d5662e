/**
 * Keeps transcripts in files, if an operator wants them. A conversation never waits for it and never fails with it; {@code app.call} decides
 * what a transcript contains.
 */
@NullMarked
package dev.parley.app.transcript;

import org.jspecify.annotations.NullMarked;
