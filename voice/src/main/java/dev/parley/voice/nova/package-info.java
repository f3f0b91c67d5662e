/**
 * Amazon Nova Sonic's rules that need no network: its events as values, the order in which they may come, what its failures mean, and how
 * one conversation goes on over many of its streams. Who opens a stream stays outside.
 */
@NullMarked
package dev.parley.voice.nova;

import org.jspecify.annotations.NullMarked;
