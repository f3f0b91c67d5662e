/**
 * A server's figures as Micrometer meters. The only package that knows Micrometer, which is optional: who does not use it need not have it.
 */
@NullMarked
package dev.parley.server.metrics;

import org.jspecify.annotations.NullMarked;
