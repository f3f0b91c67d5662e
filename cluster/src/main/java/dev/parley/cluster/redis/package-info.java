/** Lettuce, the driver of Redis: connections, their limits and what happens when they break. Only this package uses it. */
@NullMarked
package dev.parley.cluster.redis;

import org.jspecify.annotations.NullMarked;
