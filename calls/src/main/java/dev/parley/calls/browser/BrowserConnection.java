package dev.parley.calls.browser;

import dev.parley.voice.contract.EncodedEvent;

/**
 * The connection to one browser. Its methods may be called from any thread, never wait, and do nothing after the browser has disconnected.
 */
public interface BrowserConnection {

    /** The socket's id; unique among all calls. */
    String id();

    /** Sends an event. */
    void emit(EncodedEvent event);

    /** Ends the connection from this side. */
    void disconnect();
}
