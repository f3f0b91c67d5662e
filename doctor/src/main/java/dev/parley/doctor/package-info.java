/**
 * {@code parley doctor}: examines a Socket.IO server from outside. Bytes are handled in {@code wire}, probes turn them into the values of
 * {@code evidence}, {@code rule} judges those without any I/O, {@code report} shows what was found. Nothing of the server is used here.
 */
@NullMarked
package dev.parley.doctor;

import org.jspecify.annotations.NullMarked;
