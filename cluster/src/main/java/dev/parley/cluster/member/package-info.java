/** Who belongs to a cluster, as Redis knows it. What members send each other belongs to the packages {@code broker} and {@code relay}. */
@NullMarked
package dev.parley.cluster.member;

import org.jspecify.annotations.NullMarked;
