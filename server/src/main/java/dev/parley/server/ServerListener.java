package dev.parley.server;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineError;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.engine.UpgradeFailure;
import dev.parley.server.engine.WebSocketViolation;
import java.time.Duration;

/**
 * Receives what happens on all connections, for logs and metrics. Its methods are called on event loops, except where one says otherwise,
 * and must not block; exceptions are logged and dropped. The session id is a secret and is not passed; {@code connection} is a short
 * name made for logs.
 */
public interface ServerListener {
    /** A session was opened. */
    default void opened(String connection, TransportKind transport, Handshake handshake) {}

    /** The connection of a session that was just opened, to {@link ClientConnection#observe} it before anything is sent on it. */
    default void opened(ClientConnection connection) {}

    /**
     * A client joined its first namespace.
     *
     * @param took time since the session was opened
     */
    default void connected(String connection, Duration took) {}

    /**
     * A client was refused by a namespace, or did not ask for one in time. It may try again, except after {@code TIMEOUT}, which is the
     * last report about it. A client that was refused before is not reported with {@code TIMEOUT}.
     */
    default void notConnected(String connection, ConnectFailure why) {}

    /** A client has joined a namespace; its connection handlers run afterwards. */
    default void joined(String connection, Socket socket) {}

    /** A client has left a namespace. */
    default void left(String connection, Socket socket, CloseReason reason) {}

    /** A client began an upgrade to WebSocket; {@link #upgraded} or {@link #upgradeFailed} follows. */
    default void upgradeStarted(String connection) {}

    /**
     * A session was upgraded: it runs over WebSocket from now on.
     *
     * @param took time since the WebSocket was accepted
     */
    default void upgraded(String connection, Duration took) {}

    /** An upgrade failed: the session stays with polling, or has ended. */
    default void upgradeFailed(String connection, UpgradeFailure why) {}

    /** A client answered a ping after this time. Clients of Engine.IO 3 send the pings themselves, and are not reported. */
    default void roundTrip(String connection, TransportKind transport, Duration took) {}

    /** An event was dropped. */
    default void dropped(String connection, Drop what) {}

    /** A client violated the WebSocket protocol. Its WebSocket is closed; {@link #closed} follows if the session ran over it. */
    default void violated(String connection, WebSocketViolation violation) {}

    /** A session ended. */
    default void closed(String connection, TransportKind transport, CloseReason reason, Duration lifetime) {}

    /**
     * A session ended. The server calls this method, which by default calls the one without a cause.
     *
     * @param cause says more than the reason when that is {@code transport error}
     */
    default void closed(String connection, TransportKind transport, CloseReason reason, CloseCause cause,
            Duration lifetime) {
        closed(connection, transport, reason, lifetime);
    }

    /** A request was refused before it reached a session, or did not fit its session. */
    default void refused(Refusal refusal) {}

    /**
     * A handler threw, on any thread. An {@link ArgumentTypeException} or a {@link NotSentException} is the fault of a client, and the
     * server logs it as such.
     */
    default void handlerFailed(String socketId, String event, Throwable failure) {}

    /**
     * A handler took longer than {@code slowHandler}, or an inline one longer than a tenth of it. The server logs a warning itself for inline
     * ones, once a minute for each event.
     */
    default void slowHandler(String socketId, String event, Duration took) {}

    /** Why a client is not in a namespace. */
    enum ConnectFailure {
        /** A middleware refused it. */
        AUTH,
        /** There is no such namespace. */
        NAMESPACE,
        /** A middleware or rule threw, or missed events could not be recovered. */
        ERROR,
        /** It joined no namespace within {@code connectTimeout}, and was refused by none. */
        TIMEOUT
    }

    /** Kind of dropped event, with its reason. */
    enum Drop {
        /** A volatile event that the client could not take at once. */
        VOLATILE,
        /** Events for a client whose send queue is full; the session ends. */
        SEND_QUEUE_FULL
    }

    /**
     * A refused request.
     *
     * @param error   the error in the response
     * @param why     a fixed text that says more than the error
     * @param method  of the request
     * @param address of the peer
     * @param origin  of the page that made it; empty when the request names none
     * @param host    for which it was made, with its port if the client named one; empty when the request names none
     */
    record Refusal(EngineError error, String why, String method, String address, String origin, String host) {
        /** {@link #why} for a page of another origin. */
        public static final String WRONG_ORIGIN = "the origin is not allowed";
        /** {@link #why} when all clients together hold more memory than they may; the response is 503. */
        public static final String OVERLOADED = "the memory budget is exceeded";
        /** {@link #why} when there is no room for another session. */
        public static final String FULL = "too many sessions, or closing";
        /** {@link #why} for a request for a WebSocket that is none. */
        public static final String NO_UPGRADE = "no Upgrade header; stripped by a proxy?";
    }
}
