package dev.parley.server.http.node;

import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The status and headers of another server's response, on their way to the client. */
final class ResponseHead {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int UNAVAILABLE = 503;

    private ResponseHead() {}

    /** Returns whether the other server opens no sessions now, so that a next one is to be asked. */
    static boolean opensNone(int status, Consumer<BiConsumer<String, String>> headers) {
        return status == UNAVAILABLE && has(headers, NodeListener.OPENS_NONE);
    }

    /** Copies status and headers, except for those of the connection. */
    static void copy(int status, Consumer<BiConsumer<String, String>> headers, HttpServerResponse to,
            Runnable sessionUnknown) {
        to.setStatusCode(status);
        if (status == 400 && has(headers, NodeListener.UNKNOWN_SESSION)) {
            sessionUnknown.run();
        }
        boolean switching = status == SWITCHING_PROTOCOLS;
        headers.accept((name, value) -> {
            if (name.equalsIgnoreCase("Vary") || name.equalsIgnoreCase("Set-Cookie")) {
                to.headers().add(name, value);
            } else if ((!ForwardedRequest.isOfAConnection(name)
                    && !name.equalsIgnoreCase(NodeListener.UNKNOWN_SESSION))
                    || (switching
                            && List.of("upgrade", "connection").contains(name.toLowerCase(Locale.ROOT)))) {
                to.headers().set(name, value);
            }
        });
    }

    private static boolean has(Consumer<BiConsumer<String, String>> headers, String wanted) {
        var found = new AtomicBoolean();
        headers.accept((name, value) -> {
            if (name.equalsIgnoreCase(wanted)) {
                found.set(true);
            }
        });
        return found.get();
    }
}
