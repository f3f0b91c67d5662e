/**
 * The cluster's rig: servers as processes behind nginx without affinity, clients that number their messages, faults, and the count of what
 * was promised. The servers themselves stay in {@code server}.
 */
@NullMarked
package dev.parley.bench.cluster;

import org.jspecify.annotations.NullMarked;
