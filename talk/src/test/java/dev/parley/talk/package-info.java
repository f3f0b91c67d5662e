/** Tests of the command {@code talk}: recordings, turns, and conversations with a scripted server. */
@NullMarked
package dev.parley.talk;

import org.jspecify.annotations.NullMarked;
