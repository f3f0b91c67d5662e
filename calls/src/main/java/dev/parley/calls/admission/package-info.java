/**
 * The model streams of calls: how many are open at once, which wait in line, and how much they may spend. Internal to this module, except
 * {@code SpendingLimits}; may change at any time. Calls, browsers and sockets stay outside.
 */
@NullMarked
package dev.parley.calls.admission;

import org.jspecify.annotations.NullMarked;
