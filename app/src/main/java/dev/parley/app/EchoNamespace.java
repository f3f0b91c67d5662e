package dev.parley.app;

import dev.parley.server.Event;
import dev.parley.server.SocketIoServer;

/**
 * The namespace {@value #NAME}: its event {@code echo} is acknowledged with its first value, text or binary of up to {@value #LIMIT}
 * characters or bytes; what is longer, with nothing. The doctor and the page measure the way with it. It answers no more than it was
 * sent, keeps nothing, and runs on the event loop.
 */
public final class EchoNamespace {
    static final String NAME = "/parley-doctor";
    private static final int LIMIT = 4_096;

    private EchoNamespace() {}

    /** From now on the server has it. */
    public static void open(SocketIoServer server) {
        server.of(NAME).onConnection(socket -> socket.onInline("echo", EchoNamespace::answer));
    }

    private static void answer(Event event) {
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
