package dev.parley.server.http;

import dev.parley.server.Handshake;
import java.util.Optional;

/** Decides whether a client may open a session. Called on a virtual thread of its own, once for each handshake; may block. */
@FunctionalInterface
public interface Admission {
    /** The reason why not, which the client is told with code 4; empty to let it in. An exception or an error keeps it out too. */
    Optional<String> refusal(Handshake handshake);
}
