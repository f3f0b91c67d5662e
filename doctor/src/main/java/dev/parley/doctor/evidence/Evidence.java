package dev.parley.doctor.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What one probe saw. A kind that is added here has to be described in the reports: the compiler lists where. */
public sealed interface Evidence {

    /**
     * The way to the host: name, TCP, TLS.
     *
     * @param tcp         how long the connection took to be made, which is about one round trip
     * @param certificate what was shown where TLS failed
     */
    record Reach(String host, int port, List<String> addresses, Duration dns, Duration tcp, Optional<Tls> tls,
            Optional<Failure> failure, Optional<Certificate> certificate) implements Evidence {
        public Reach {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * TLS as it was agreed when both HTTP/2 and HTTP/1.1 were offered.
     *
     * @param alpn                what the server chose; empty if nothing
     * @param http1               whether it takes HTTP/1.1 when only that is offered: what WebSocket commonly needs
     * @param webSocketOverHttp2  whether it announces extended CONNECT; empty if HTTP/2 was not chosen
     */
    record Tls(String protocol, String alpn, boolean http1, Optional<Boolean> webSocketOverHttp2,
            Duration time) {}

    /** Where requests are sent on to. */
    record Redirected(List<Hop> hops) implements Evidence {
        public Redirected {
            hops = List.copyOf(hops);
        }
    }

    /** One redirect, as a GET and as a POST saw it. */
    record Hop(int getStatus, int postStatus, String to) {}

    /**
     * A handshake by long polling.
     *
     * @param elsewhere paths near by at which a handshake succeeded where this one did not
     */
    record Polling(int revision, String path, Outcome outcome, Optional<Handshake> handshake,
            List<String> elsewhere) implements Evidence {
        public Polling {
            elsewhere = List.copyOf(elsewhere);
        }
    }

    /** How a client went about the requests of one session. */
    enum Habit {
        NEW_CONNECTIONS("a new connection for each request, no cookies"),
        COOKIES("a new connection for each request, with the cookies it was given"),
        KEEP_ALIVE("one connection, no cookies");

        private final String words;

        Habit(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Whether the requests of a session found their server.
     *
     * @param sessions sessions opened
     * @param requests requests sent to them afterwards
     * @param lost     of these, how many met a server that did not know the session
     * @param failed   how many failed in another way
     * @param cookies  the names of the cookies that the handshakes set
     * @param closed   with {@link Habit#KEEP_ALIVE}, how often the connection was closed after an answer
     * @param failure  one of those that failed in another way, if any did
     */
    record Affinity(Habit habit, int sessions, int requests, int lost, int failed, Set<String> cookies,
            int closed, Optional<Outcome> failure) implements Evidence {
        public Affinity {
            cookies = Set.copyOf(cookies);
        }

        public double lostShare() {
            return requests == 0 ? 0 : (double) lost / requests;
        }
    }

    /** What answered a Socket.IO CONNECT. */
    record Connect(String namespace, Reply reply, Duration after) implements Evidence {}

    /** The answers to a CONNECT. */
    sealed interface Reply {
        record Welcomed() implements Reply {}

        record Refused(String message) implements Reply {}

        record Silent() implements Reply {}

        record Broken(Outcome outcome) implements Reply {}
    }

    /**
     * A WebSocket opened without polling before.
     *
     * @param handshake of the first frame; empty if none came in time or it was something else
     */
    record WebSocket(Outcome outcome, Optional<Handshake> handshake,
            Duration firstFrame) implements Evidence {}

    /** A WebSocket was welcomed to the default namespace before it asked: the server is of the 2.x line. */
    record Greeted() implements Evidence {}

    /** How far a move from polling to WebSocket came. */
    enum Stage {
        REFUSED,
        NO_PROBE_ANSWER,
        NO_TRAFFIC_AFTER,
        DONE
    }

    /** A polling session moved to a WebSocket. {@code outcome} is the answer to the upgrade request. */
    record Upgrade(Stage stage, Outcome outcome, Duration opened, Duration probed,
            Duration done) implements Evidence {}

    /**
     * A connection left alone until the server's first ping.
     *
     * @param held    how long it lasted without a byte
     * @param outcome how it ended, if it was not the ping that ended it
     */
    record Idle(String transport, Duration pingInterval, boolean pinged, Duration held,
            Optional<Outcome> outcome) implements Evidence {}

    /**
     * How soon what the server pushes arrives, beside how soon it answers. The least of several.
     */
    record Push(Duration answered, Duration pushed, int samples) implements Evidence {}

    /**
     * An answer to a handshake that accepts gzip.
     *
     * @param encoding the content encoding; empty if none
     * @param intact   whether it decodes
     */
    record Compression(String encoding, String contentType, int wireBytes, int plainBytes,
            boolean intact) implements Evidence {}

    /**
     * What a browser would be told about a page of another origin.
     *
     * @param asked whether the person named that origin, or it stands for any other
     * @param error on an error; empty where the server gave no answer to what it should have refused
     * @param kept  the names of the cookies of the handshake that a browser also sends from another site
     */
    record Cors(String origin, boolean asked, boolean sameOrigin, Grant ok, Optional<Grant> error,
            Grant preflight, int preflightStatus, int okStatus, Set<String> kept) implements Evidence {
        public Cors {
            kept = Set.copyOf(kept);
        }
    }

    /** The CORS headers of one answer; {@code allowOrigin} is empty when there is none. */
    record Grant(String allowOrigin, boolean credentials, String methods, String headers) {
        public boolean letsIn(String origin) {
            return allowOrigin.equals(origin) || (allowOrigin.equals("*") && !credentials);
        }
    }

    /**
     * Bodies of about the size that the server announces to take.
     *
     * @param announced  by the handshake; 0 if it does not say
     * @param below      what became of the largest body that should pass
     * @param above      what became of one byte more than announced; empty if that was not tried
     */
    record Payload(long announced, long triedBytes, Outcome below, Optional<Outcome> above,
            long passes) implements Evidence {}

    /** Bytes sent through an echo and compared. */
    record Binary(String transport, boolean intact, int bytes, String difference) implements Evidence {}

    /** How round trips of audio frames were had. */
    enum Method {
        ECHO("each frame echoed by the server's own echo"),
        NAMESPACE(
                "each frame answered by the refusal of a namespace that does not exist: full size up, small down");

        private final String words;

        Method(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * Audio frames at their pace.
     *
     * @param sent       frames sent
     * @param roundTrips of each answered frame: when it was sent, and how long until the answer, in milliseconds
     * @param gaps       pauses of over 120 ms between two answers, in milliseconds
     * @param late       how late this machine itself was in sending, 99th percentile: above some tens of milliseconds it was too busy to measure
     * @param ended      why it ended early, if it did
     */
    record Cadence(String transport, Method method, int sent, List<RoundTrip> roundTrips, List<Long> gaps,
            Duration late, Optional<String> ended) implements Evidence {
        public Cadence {
            roundTrips = List.copyOf(roundTrips);
            gaps = List.copyOf(gaps);
        }
    }

    /** One frame's way there and back. */
    record RoundTrip(long atMillis, double millis) {}

    /** What the address of the health check answered. */
    record HealthCheck(String path, Outcome outcome) implements Evidence {}

    /** What a server of Parley said of itself. */
    record Ready(String path, int status, Readiness readiness) implements Evidence {}

    /** A connection cut without a word, and a new one: how long it took until the namespace welcomed again; empty if it did not. */
    record Reconnected(Optional<Duration> after, String why) implements Evidence {}

    /** Several users at once, on both transports in turn: how many had a round trip while all were connected. */
    record Users(int asked, int served, Duration slowest) implements Evidence {}

    /** A probe that could not be made, and why. */
    record Skipped(String probe, String why) implements Evidence {}
}
