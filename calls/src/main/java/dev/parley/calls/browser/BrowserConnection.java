package dev.parley.calls.browser;

import dev.parley.calls.visitor.Admission;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.contract.EncodedEvent;

/**
 * The connection to one browser. Its methods may be called from any thread, never wait, and do nothing after the browser has disconnected.
 */
public interface BrowserConnection {

    /** The socket's id; unique among all calls. */
    String id();

    /** Who the browser's user is; the same as long as the connection lasts. */
    Visitor visitor();

    /** The admission of the browser's user; without restrictions by default. */
    default Admission admission() {
        return Admission.of(visitor());
    }

    /** Sends an event. */
    void emit(EncodedEvent event);

    /** Ends the connection from this side. */
    void disconnect();
}
