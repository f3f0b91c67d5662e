package dev.parley.cluster.member;

import java.util.Optional;

/**
 * A server of the cluster.
 *
 * @param tag      its node tag: the prefix of the ids of its sessions
 * @param instance made at random when it joined: two servers with the same tag differ in it
 * @param address  of its listener for other servers; empty if they cannot reach it
 * @param version  of the messages between servers that it understands
 * @param draining whether it opens no more sessions
 */
public record Member(String tag, String instance, Optional<NodeAddress> address, int version,
        boolean draining) {
    /** The version of the messages between servers. A server understands the one before, too. */
    public static final int VERSION = 1;
}
