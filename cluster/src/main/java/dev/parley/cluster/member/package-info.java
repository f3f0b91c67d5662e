/** The members of a cluster, as Redis knows them. Messages between members belong to the packages {@code broker} and {@code relay}. */
@NullMarked
package dev.parley.cluster.member;

import org.jspecify.annotations.NullMarked;
