/**
 * The figures of a running Parley: what is counted of conversations, and how figures are read or sent. How a reader is let in, and HTTP,
 * stay outside.
 */
@NullMarked
package dev.parley.app.metrics;

import org.jspecify.annotations.NullMarked;
