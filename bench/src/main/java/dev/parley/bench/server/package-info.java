/**
 * The servers measured, each a process of its own with a {@code main}. What is measured, and how, stays out.
 */
@NullMarked
package dev.parley.bench.server;

import org.jspecify.annotations.NullMarked;
