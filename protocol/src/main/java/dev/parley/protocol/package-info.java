/** What both protocols share: the one way in which a peer's bytes are rejected. Packets and machines live in the packages below. */
@NullMarked
package dev.parley.protocol;

import org.jspecify.annotations.NullMarked;
