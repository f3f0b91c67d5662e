/** Tests of {@code parley talk}: recordings good and bad, turns as values, and conversations with a server that plays the contract. */
@NullMarked
package dev.parley.talk;

import org.jspecify.annotations.NullMarked;
