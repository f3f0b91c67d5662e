/**
 * The machine that carries one conversation over many streams of Amazon Nova Sonic, and the meaning of its output and failures. The events
 * are in {@code nova.event}; opening a stream, threads, clocks and the network stay outside.
 */
@NullMarked
package dev.parley.nova;

import org.jspecify.annotations.NullMarked;
