package dev.parley.server.adapter;

/** Told of the rooms of a namespace on this server. Called on any thread, in a room's order; must not block. */
public interface RoomListener {
    /** Its first member is about to join. */
    default void created(String room) {}

    /** A socket joined. */
    default void joined(String room, String id) {}

    /** A socket left, or is gone. */
    default void left(String room, String id) {}

    /** Its last member left. */
    default void deleted(String room) {}
}
