/**
 * The metrics of a running Parley: those of conversations, and the export of all metrics. HTTP and access control stay outside.
 */
@NullMarked
package dev.parley.app.metrics;

import org.jspecify.annotations.NullMarked;
