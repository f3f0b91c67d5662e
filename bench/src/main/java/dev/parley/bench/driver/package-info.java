/**
 * The load driver: raw Engine.IO clients, cheap enough to be no bottleneck, and the loads made of them. Which server they run against,
 * and what its processor time was, stays out.
 */
@NullMarked
package dev.parley.bench.driver;

import org.jspecify.annotations.NullMarked;
