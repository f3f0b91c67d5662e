/** Exposes a server's metrics as Micrometer meters. Only this package imports Micrometer, which is an optional dependency. */
@NullMarked
package dev.parley.server.metrics;

import org.jspecify.annotations.NullMarked;
