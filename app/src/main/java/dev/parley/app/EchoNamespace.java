package dev.parley.app;

import dev.parley.server.Event;
import dev.parley.server.SocketIoServer;

/**
 * The namespace {@value #NAME}: acknowledges the event {@code echo} with its first value, text or binary of up to {@value #LIMIT}
 * characters or bytes; longer ones with an empty value. The doctor and the page measure connections with it. It never responds with more
 * bytes than it received, stores nothing, and runs on the event loop.
 */
public final class EchoNamespace {
    static final String NAME = "/parley-doctor";
    private static final int LIMIT = 4_096;

    private EchoNamespace() {}

    /** Adds the namespace to the server. */
    public static void open(SocketIoServer server) {
        server.of(NAME).onConnection(socket -> socket.onInline("echo", EchoNamespace::echo));
    }

    private static void echo(Event event) {
        if (!event.wantsAck()) {
            return;
        }
        var binary = event.bytes(0);
        if (binary.isPresent()) {
            event.ack((Object) (binary.get().length <= LIMIT ? binary.get() : new byte[0]));
        } else {
            String text = event.arguments().json().length() <= LIMIT + 16 ? event.text(0) : "";
            event.ack(text);
        }
    }
}
