/** Converts sound samples between sample rates and to and from bytes. The meaning of the samples, and sound files, stay outside. */
@NullMarked
package dev.parley.voice.audio;

import org.jspecify.annotations.NullMarked;
