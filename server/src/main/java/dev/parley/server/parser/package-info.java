/**
 * Ways of writing packets other than the default one of {@code protocol}. What the packets mean stays out.
 */
@NullMarked
package dev.parley.server.parser;

import org.jspecify.annotations.NullMarked;
