/**
 * A small calendar in a file, and the tools that book appointments in it. The dialogue about an appointment stays outside.
 */
@NullMarked
package dev.parley.assistant.appointment;

import org.jspecify.annotations.NullMarked;
