/**
 * A call's link to its browser, which can disconnect and reconnect: the events that it missed, and the token that identifies its call.
 * Internal to this module; may change at any time. Sockets and model streams stay outside.
 */
@NullMarked
package dev.parley.calls.browser;

import org.jspecify.annotations.NullMarked;
