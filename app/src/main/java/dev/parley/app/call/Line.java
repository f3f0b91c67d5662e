package dev.parley.app.call;

import java.util.List;

/** The browser's end of a call. Its methods may be called from any thread, never wait, and do nothing once the browser has gone. */
interface Line {

    /** The socket's id; unique among all calls. */
    String id();

    /**
     * Sends an event.
     *
     * @param json the whole argument array, the event's name first, as raw JSON text
     */
    void emit(String event, String json, List<byte[]> attachments);

    /** Ends the connection from this side. */
    void hangUp();
}
