package dev.parley.app.call;

import dev.parley.voice.contract.EncodedEvent;

/** The browser's end of a call. Its methods may be called from any thread, never wait, and do nothing once the browser has gone. */
interface Line {

    /** The socket's id; unique among all calls. */
    String id();

    /** Sends an event. */
    void emit(EncodedEvent event);

    /** Ends the connection from this side. */
    void hangUp();
}
