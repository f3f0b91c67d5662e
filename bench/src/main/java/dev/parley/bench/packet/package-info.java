/** The texts of the packets and the addresses that the clients of all drivers use. Connections and measurements belong elsewhere. */
@NullMarked
package dev.parley.bench.packet;

import org.jspecify.annotations.NullMarked;
