/**
 * The doctor, which examines any Socket.IO server from outside: command line, order of the probes, repetition. Requests are in {@code wire} and
 * {@code session}, measurements in {@code probe}, their results in {@code evidence}, conclusions in {@code rule}, output in {@code report};
 * code of Parley's server stays outside.
 */
@NullMarked
package dev.parley.doctor;

import org.jspecify.annotations.NullMarked;
