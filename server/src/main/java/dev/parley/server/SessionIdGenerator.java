package dev.parley.server;

/** Names sessions in place of the server's own generator. Called once for each handshake, on event loops: it must not block. */
@FunctionalInterface
public interface SessionIdGenerator {
    /**
     * The name of a new session. Who knows it can take the session over, so nobody may guess it: at least 120 random bits. The server puts
     * its {@code nodeTag} in front.
     *
     * @return 20 to 100 letters, digits, {@code -} and {@code _}, never given before; anything else refuses the handshake
     */
    String next(Handshake handshake);
}
