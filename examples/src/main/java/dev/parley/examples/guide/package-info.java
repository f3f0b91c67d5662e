/**
 * The Java code of docs/library.md and of the first program in README.md, between the comments {@code guide: NAME} and {@code guide: end}.
 * Code that no page shows stays out.
 */
@NullMarked
package dev.parley.examples.guide;

import org.jspecify.annotations.NullMarked;
