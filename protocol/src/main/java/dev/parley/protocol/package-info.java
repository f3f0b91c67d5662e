/**
 * Types that both protocols share: the driver of state machines, the lists of their effects, and the exception for malformed packets. Packets
 * and machines belong in the packages below.
 */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
