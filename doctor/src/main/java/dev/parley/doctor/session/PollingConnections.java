package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a long-polling session, as a browser holds them: one for GETs and one for POSTs, both persistent, with cookies. One
 * thread at a time uses each; any thread may close them.
 */
final class PollingConnections {
    private final ProbeClient client;
    private final CookieJar jar;
    private final Lane gets = new Lane();
    private final Lane posts = new Lane();
    private volatile boolean closed;

    PollingConnections(ProbeClient client, CookieJar jar) {
        this.client = client;
        this.jar = jar;
    }

    Outcome get(String target, Duration timeout) {
        return gets.send(Request.get(target), timeout);
    }

    Outcome post(String target, String body, Duration timeout) {
        return posts.send(Request.post(target, body), timeout);
    }

    /** Closes the connections; requests under way fail. */
    void close() {
        closed = true;
        gets.close();
        posts.close();
    }

    /** One connection. It is opened again if the server has closed it. */
    private final class Lane {
        private volatile @Nullable HttpConnection http;

        private Outcome send(Request request, Duration timeout) {
            long begun = System.nanoTime();
            var withCookies = jar.addTo(request);
            try {
                var open = http;
                if (open == null || !open.reusable()) {
                    close();
                    open = connect(timeout);
                }
                boolean used = open.used();
                var outcome = client.send(open, withCookies, left(timeout, begun));
                // Some servers close each connection after a response without announcing it.
                if (used && wasClosed(outcome) && !closed) {
                    outcome = client.send(connect(left(timeout, begun)), withCookies, left(timeout, begun));
                }
                return outcome;
            } catch (WireException e) {
                return new Outcome.Failed(e.failure(), ProbeClient.elapsedSince(begun));
            }
        }

        private HttpConnection connect(Duration timeout) throws WireException {
            var open = client.open(ProbeClient.shorterOf(timeout, client.responseTimeout()));
            http = open;
            if (closed) {
                open.connection().close();
            }
            return open;
        }

        private void close() {
            var open = http;
            if (open != null) {
                open.connection().close();
            }
        }
    }

    private static Duration left(Duration timeout, long begun) {
        return timeout.minus(ProbeClient.elapsedSince(begun));
    }

    private static boolean wasClosed(Outcome outcome) {
        return outcome.failure().filter(why -> why.kind() == ConnectionFailure.Kind.CLOSED).isPresent();
    }
}
