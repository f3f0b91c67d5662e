/**
 * Makes several servers act as one over Redis. {@link dev.parley.cluster.ParleyCluster} is the entrance; the packages below it may change at any
 * time.
 */
@NullMarked
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
