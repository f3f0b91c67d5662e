/**
 * A small real calendar with a file behind it, and the tools with which an assistant books into it. How a conversation runs tools stays
 * outside.
 */
@NullMarked
package dev.parley.app.appointment;

import org.jspecify.annotations.NullMarked;
