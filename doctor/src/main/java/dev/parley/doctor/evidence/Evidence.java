package dev.parley.doctor.evidence;

import dev.parley.protocol.engine.EngineHandshake;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The result of one probe. The compiler lists the places that must handle a new kind. */
public sealed interface Evidence {

    /**
     * Returns whether this evidence rests on a response that did not come in time. If the waiting was cut short, or this machine was too
     * busy to receive it, it proves nothing.
     */
    default boolean waitedInVain() {
        return switch (this) {
            case Reach reach -> reach.failure().filter(ConnectionFailure::isSilence).isPresent();
            case Polling polling -> polling.outcome().isSilence();
            // Few failures change nothing, and a request that reached another server was not lost in silence.
            case Affinity affinity -> affinity.lost() == 0 && affinity.failed() * 2 >= affinity.requests()
                    && affinity.failure().filter(Outcome::isSilence).isPresent();
            case Connect connect -> switch (connect.reply()) {
                case ConnectReply.Unanswered _any -> true;
                case ConnectReply.Broken(var outcome) -> outcome.isSilence();
                case ConnectReply.Accepted _any -> false;
                case ConnectReply.Refused _any -> false;
            };
            case WebSocket socket -> socket.outcome().isSilence() || socket.start().isSilence();
            case Upgrade upgrade -> upgrade.silent();
            case Payload payload -> payload.below().isSilence();
            case HealthCheck health -> health.outcome().isSilence();
            case Reconnected reconnected -> reconnected.silent();
            case Users users -> users.silent();
            case Binary binary -> binary.silent();
            case Idle idle -> idle.outcome().filter(Outcome::isSilence).isPresent();
            case Cors cors -> cors.okStatus() == 0 || cors.preflightStatus() == 0;
            case Families families -> families.failure().isSilence();
            // The rest is not judged by silence, or has its own measure of a busy machine.
            case Redirected _any -> false;
            case EarlyConnect _any -> false;
            case OneAtATime _any -> false;
            case QueryCheck _any -> false;
            case OtherScheme _any -> false;
            case OtherProtocol _any -> false;
            case DevServer _any -> false;
            case Reading _any -> false;
            case Held _any -> false;
            case Push _any -> false;
            case Compression _any -> false;
            case AudioTimings _any -> false;
            case Ready _any -> false;
            case Unfinished _any -> false;
            case Skipped _any -> false;
        };
    }

    /**
     * The connection to the host: DNS, TCP and TLS.
     *
     * @param tcp         time to connect, which is about one round trip
     * @param certificate the certificate, where TLS failed
     */
    record Reach(String host, int port, List<String> addresses, Duration dns, Duration tcp, Optional<Tls> tls,
            Optional<ConnectionFailure> failure, Optional<Certificate> certificate) implements Evidence {
        public Reach {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * TLS as negotiated when HTTP/2 and HTTP/1.1 were offered.
     *
     * @param alpn                the protocol that the server chose; empty if none
     * @param http1               whether the server accepts HTTP/1.1 when only that is offered; WebSocket usually needs it
     * @param webSocketOverHttp2  whether the server announces extended CONNECT; empty if HTTP/2 was not chosen
     */
    record Tls(String protocol, String alpn, boolean http1, Optional<Boolean> webSocketOverHttp2,
            Duration time) {}

    /**
     * The redirects that lead to the final address.
     *
     * @param opened whether the first request there, which was a handshake, brought a session
     */
    record Redirected(List<Hop> hops, boolean opened) implements Evidence {
        public Redirected {
            hops = List.copyOf(hops);
        }
    }

    /** One redirect: the status for a GET and for a POST, and the location. */
    record Hop(int getStatus, int postStatus, String to) {}

    /**
     * A handshake by long polling.
     *
     * @param elsewhere similar paths at which a handshake succeeded when this one failed
     * @param failed    earlier requests that a proxy answered in place of its server
     */
    record Polling(int revision, String path, Outcome outcome, Optional<EngineHandshake> handshake,
            List<String> elsewhere, List<Outcome> failed) implements Evidence {
        public Polling {
            elsewhere = List.copyOf(elsewhere);
            failed = List.copyOf(failed);
        }
    }

    /**
     * A handshake with {@code transport=websocket} but without the headers of an upgrade, where the server said that it does not know the
     * transport: a server that receives the query complains about the headers instead.
     */
    record QueryCheck(Outcome outcome) implements Evidence {}

    /** What the port speaks instead: TLS where HTTP was expected, or HTTP where TLS was. */
    record OtherScheme(boolean tls, String sign) implements Evidence {}

    /** Another protocol than Socket.IO that the server speaks, and its sign. */
    record OtherProtocol(String name, String sign) implements Evidence {}

    /** The development server of Vite, or else that of webpack. */
    record DevServer(boolean vite) implements Evidence {}

    /** A URL with two readings: what was examined, and the other one. */
    record Reading(String chosen, String other, boolean found) implements Evidence {}

    /** A series of requests that ended early, because the server asked for it: after {@code requests}, with {@code response}. */
    record Held(int requests, Response response) implements Evidence {}

    /** Handshakes sent one after another, with pauses, because some of a burst had failed. */
    record OneAtATime(int asked, int failed) implements Evidence {}

    /** An address of the other family (IPv4 or IPv6) to which no connection opened, while one of the first family did. */
    record Families(String works, String fails, ConnectionFailure failure,
            boolean loopback) implements Evidence {}

    /** How a client sends the requests of one session. */
    enum ClientMode {
        NEW_CONNECTIONS("a new connection for each request, no cookies"),
        COOKIES("a new connection for each request, with cookies"),
        KEEP_ALIVE("one connection, no cookies");

        private final String words;

        ClientMode(String words) {
            this.words = words;
        }

        public String description() {
            return words;
        }
    }

    /**
     * Session affinity: whether the requests of a session reached its server.
     *
     * @param sessions sessions opened
     * @param requests requests sent to them afterwards
     * @param lost     requests that reached a server that did not know the session
     * @param failed   requests that failed for other reasons
     * @param cookies  names of the cookies that the handshakes set
     * @param closed   with {@link ClientMode#KEEP_ALIVE}, how often the connection was closed after a response
     * @param failure  one of the requests that failed for other reasons
     * @param repeated handshakes that brought the session id of another one
     * @param servers  number of different servers that the session ids name; 0 if they name none
     * @param blank    how many of the lost requests got an empty error, which some servers send for an unknown session
     */
    record Affinity(ClientMode mode, int sessions, int requests, int lost, int failed, Set<String> cookies,
            int closed, Optional<Outcome> failure, int repeated, int servers, int blank) implements Evidence {
        public Affinity {
            cookies = Set.copyOf(cookies);
        }

        public Affinity(ClientMode mode, int sessions, int requests, int lost, int failed,
                Set<String> cookies, int closed, Optional<Outcome> failure, int repeated, int servers) {
            this(mode, sessions, requests, lost, failed, cookies, closed, failure, repeated, servers, 0);
        }

        public double lostShare() {
            return requests == 0 ? 0 : (double) lost / requests;
        }

        /** Returns whether session ids name several servers: names that come again are no coincidence. */
        public boolean namesSeveral() {
            return servers > 1 && servers < sessions;
        }
    }

    /** The reply to a Socket.IO CONNECT. */
    record Connect(String namespace, ConnectReply reply, Duration after) implements Evidence {}

    /** Replies to a CONNECT. */
    sealed interface ConnectReply {
        record Accepted() implements ConnectReply {}

        record Refused(String message) implements ConnectReply {}

        record Unanswered() implements ConnectReply {}

        record Broken(Outcome outcome) implements ConnectReply {}
    }

    /**
     * A WebSocket that was opened without polling before.
     *
     * @param handshake from the first frame; empty if none arrived in time or it was another packet
     * @param start     what followed the response
     * @param plain     with compression agreed and a failure, what followed without compression
     */
    record WebSocket(Outcome outcome, Optional<EngineHandshake> handshake, Duration firstFrame,
            WebSocketStart start, Optional<WebSocketStart> plain) implements Evidence {}

    /** The server sent CONNECT before the client did, as servers of Socket.IO 2.x do. */
    record EarlyConnect() implements Evidence {}

    /** The stage that an upgrade from polling to WebSocket reached. */
    enum Stage {
        REFUSED,
        NO_PROBE_ANSWER,
        /** The probe was answered, but the pending poll was not: clients wait for it before they use the WebSocket. */
        POLL_NOT_ENDED,
        NO_TRAFFIC_AFTER,
        DONE
    }

    /**
     * An upgrade of a polling session to WebSocket.
     *
     * @param outcome that of the upgrade request
     * @param silent  whether it failed because something did not come in time
     * @param polled  whether the pending poll ended after the probe, as a server does that has received it
     */
    record Upgrade(Stage stage, Outcome outcome, Duration opened, Duration probed, Duration done,
            boolean silent, boolean polled) implements Evidence {}

    /**
     * A connection without traffic until the server's first ping.
     *
     * @param held    how long it stayed open without a byte
     * @param outcome how it ended, unless a ping arrived
     */
    record Idle(String transport, Duration pingInterval, boolean pinged, Duration held,
            Optional<Outcome> outcome) implements Evidence {}

    /**
     * The shortest delay of a server message and of the response to its POST, among several samples.
     */
    record Push(Duration answered, Duration pushed, int samples) implements Evidence {
        /** Tolerated delay of a server message after the response to its POST. */
        private static final Duration TOLERATED = Duration.ofMillis(250);

        /** Returns whether the message came later than a server that sends at once would let it. */
        public boolean isLate() {
            return pushed.minus(answered).compareTo(TOLERATED) > 0;
        }
    }

    /**
     * The response to a handshake that accepts gzip.
     *
     * @param encoding the content encoding; empty if none
     * @param intact   whether the body can be decoded
     */
    record Compression(String encoding, String contentType, int wireBytes, int plainBytes,
            boolean intact) implements Evidence {}

    /**
     * The CORS headers for a page of another origin.
     *
     * @param asked whether the user named this origin; otherwise it stands for any other
     * @param error headers of an error; empty if the server did not respond to an invalid request
     * @param crossSiteCookies names of the cookies of the handshake that a browser also sends from another site
     */
    record Cors(String origin, boolean asked, boolean sameOrigin, CorsHeaders ok, Optional<CorsHeaders> error,
            CorsHeaders preflight, int preflightStatus, int okStatus,
            Set<String> crossSiteCookies) implements Evidence {
        public Cors {
            crossSiteCookies = Set.copyOf(crossSiteCookies);
        }
    }

    /** The CORS headers of one response; {@code allowOrigin} is empty if absent, and joins the values of several {@code lines}. */
    record CorsHeaders(String allowOrigin, boolean credentials, String methods, String headers, int lines) {
        public boolean allows(String origin) {
            return allowOrigin.equals(origin) || (allowOrigin.equals("*") && !credentials);
        }
    }

    /**
     * Bodies of about the announced maximum size.
     *
     * @param announced  by the handshake; 0 if absent
     * @param below      outcome of the largest body that should be accepted
     * @param above      outcome of one byte more than announced; empty if not tried
     */
    record Payload(long announced, long triedBytes, Outcome below, Optional<Outcome> above,
            long passes) implements Evidence {}

    /**
     * Bytes that were sent to an echo and compared.
     *
     * @param silent whether no echo came in time
     */
    record Binary(String transport, boolean intact, int bytes, String difference,
            boolean silent) implements Evidence {}

    /** How the round trips of audio frames were measured. */
    enum EchoMethod {
        ECHO("each frame echoed by the server's own echo"),
        NAMESPACE(
                "each frame answered by the refusal of a namespace that does not exist: full size up, small down");

        private final String words;

        EchoMethod(String words) {
            this.words = words;
        }

        public String description() {
            return words;
        }
    }

    /**
     * Round trips of audio frames, sent at the pace of speech.
     *
     * @param sent       frames sent
     * @param roundTrips send time and round trip of each answered frame, in milliseconds
     * @param gaps       pauses of more than 120 ms between two answers, in milliseconds
     * @param late       99th percentile of the delay in sending; above some tens of milliseconds this machine was too busy to measure
     * @param ended      why the measurement ended early
     */
    record AudioTimings(String transport, EchoMethod method, int sent, List<RoundTrip> roundTrips,
            List<Long> gaps, Duration late, Optional<String> ended) implements Evidence {
        public AudioTimings {
            roundTrips = List.copyOf(roundTrips);
            gaps = List.copyOf(gaps);
        }
    }

    /** The send time and the round trip of one frame. */
    record RoundTrip(long atMillis, double millis) {}

    /** The outcome of the health check. */
    record HealthCheck(String path, Outcome outcome) implements Evidence {}

    /** The readiness of a Parley server. */
    record Ready(String path, int status, ParleyReadiness readiness) implements Evidence {}

    /**
     * A reconnection after a dropped connection.
     *
     * @param after  time until the namespace accepted it; empty if it failed
     * @param silent whether it failed because something did not come in time
     */
    record Reconnected(Optional<Duration> after, String why, boolean silent) implements Evidence {}

    /**
     * Several users at once.
     *
     * @param served how many completed a round trip while all were connected
     * @param silent whether the others failed only because something did not come in time
     */
    record Users(int asked, int served, Duration slowest, boolean silent) implements Evidence {}

    /** A probe that proves nothing, because it was not run to its end. */
    record Unfinished(String probe, Hindrance hindrance) implements Evidence {}

    /** The reason why a probe could not be finished. It is no fault of the server that the doctor could name. */
    enum Hindrance {
        INTERRUPTED("the examination was interrupted"),
        NO_SESSION("no request of a session could be sent for it, because sessions did not open"),
        OUT_OF_TIME("the time of the examination was over"),
        ASKED_TO_WAIT("the server asked for fewer requests, so no more were sent"),
        LOAD("the doctor had reached the load that it allows itself"),
        BUSY("this machine was too busy to tell a slow server from a slow doctor");

        private final String words;

        Hindrance(String words) {
            this.words = words;
        }

        public String description() {
            return words;
        }
    }

    /** A probe that was not run, and the reason. */
    record Skipped(String probe, String why) implements Evidence {}
}
