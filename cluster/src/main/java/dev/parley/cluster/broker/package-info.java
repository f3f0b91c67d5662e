/** The ways through Redis: which channels and streams carry which messages. The driver of Redis stays out. */
@NullMarked
package dev.parley.cluster.broker;

import org.jspecify.annotations.NullMarked;
