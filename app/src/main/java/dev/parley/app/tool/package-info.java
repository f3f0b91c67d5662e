/**
 * The tools that need more than arithmetic: a network or a file. How a conversation runs them is in {@code app.call}; what needs neither is
 * in {@code voice.tool}.
 */
@NullMarked
package dev.parley.app.tool;

import org.jspecify.annotations.NullMarked;
