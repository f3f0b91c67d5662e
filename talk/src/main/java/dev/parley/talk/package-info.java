/**
 * The command {@code talk}: sends recordings to a server as a browser would and prints the conversation. Servers, configuration and speech
 * models stay outside.
 */
@NullMarked
package dev.parley.talk;

import org.jspecify.annotations.NullMarked;
