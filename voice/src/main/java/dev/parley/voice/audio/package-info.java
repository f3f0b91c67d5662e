/**
 * Sound as samples: changing its rate and its form in bytes. What the samples say, and files of them, stay outside.
 */
@NullMarked
package dev.parley.voice.audio;

import org.jspecify.annotations.NullMarked;
