/**
 * A call's link to its browser, which can be lost and come back: the events that it missed, and the token by which it finds its call again.
 * Internal to this module; may change at any time. Sockets and model streams stay outside.
 */
@NullMarked
package dev.parley.calls.browser;

import org.jspecify.annotations.NullMarked;
