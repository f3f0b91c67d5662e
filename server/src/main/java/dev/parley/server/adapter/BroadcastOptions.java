package dev.parley.server.adapter;

import java.util.Set;

/**
 * Whom a broadcast is for, and how it travels. Immutable.
 *
 * @param rooms      those whose members are meant; none means the whole namespace. Who is in several gets it once
 * @param except     rooms whose members are left out
 * @param local      whether the other servers of a cluster are left out
 * @param isVolatile whether clients that cannot take it at once miss it
 * @param compress   whether it may be compressed
 */
public record BroadcastOptions(Set<String> rooms, Set<String> except, boolean local, boolean isVolatile,
        boolean compress) {
    /** To the whole namespace, on all servers. */
    public static final BroadcastOptions ALL = new BroadcastOptions(Set.of(), Set.of(), false, false, true);

    /** As {@link #ALL}, but for clients that cannot take it at once. */
    public static final BroadcastOptions VOLATILE = new BroadcastOptions(Set.of(), Set.of(), false, true,
            true);

    public BroadcastOptions {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** To the members of one room, or to the one socket of this id. */
    public static BroadcastOptions room(String room) {
        return new BroadcastOptions(Set.of(room), Set.of(), false, false, true);
    }

    /** Whether a socket that is in these rooms is meant. */
    public boolean meets(Set<String> memberOf) {
        return (rooms.isEmpty() || memberOf.stream().anyMatch(rooms::contains))
                && memberOf.stream().noneMatch(except::contains);
    }
}
