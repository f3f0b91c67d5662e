/**
 * Stores transcripts in files, if the operator enables it. A conversation never waits for this package and never fails because of it;
 * {@code app.call} decides what a transcript contains.
 */
@NullMarked
package dev.parley.app.transcript;

import org.jspecify.annotations.NullMarked;
