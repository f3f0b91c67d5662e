package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogId;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;

/**
 * A broadcast that a lost client may have missed.
 *
 * @param id     of its entry in the log
 * @param number among the broadcasts of its sender; 0 if it does not count them
 * @param event  without an offset
 */
record LoggedEvent(LogId id, String sender, long number, Arguments event, BroadcastOptions options) {
    /** Returns an event with its offset as last argument. */
    static Arguments withOffset(Arguments event, Offset offset) {
        String json = event.json();
        int end = json.lastIndexOf(']');
        return Arguments.ofChecked(json.substring(0, end) + ",\"" + offset.text() + "\"]",
                event.attachments());
    }
}
