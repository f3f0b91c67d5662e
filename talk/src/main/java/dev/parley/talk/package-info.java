/**
 * {@code parley talk}: speaks recordings to a server as a browser would and tells what came back. Serving, configuration and the speech
 * models stay outside; this package knows only the client and the browser's contract.
 */
@NullMarked
package dev.parley.talk;

import org.jspecify.annotations.NullMarked;
