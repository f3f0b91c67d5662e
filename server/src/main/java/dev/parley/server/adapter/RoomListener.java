package dev.parley.server.adapter;

/** Told of the rooms of a namespace on this server. Called on any thread, in a room's order; must not block. */
public interface RoomListener {
    default void created(String room) {}

    default void joined(String room, String id) {}

    default void left(String room, String id) {}

    /** Its last member left. */
    default void deleted(String room) {}
}
