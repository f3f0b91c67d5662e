/** Clients that mean harm, or are slow, and one that does not: blocking, each on a virtual thread of its own. */
@NullMarked
package dev.parley.bench.attack;

import org.jspecify.annotations.NullMarked;
