package dev.parley.server;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketParser;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.engine.SessionRouting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Options of a server. Immutable. Created by its {@link Builder}, whose methods explain each option, its unit and its default.
 * Implemented by the server: applications do not implement it, and options may be added.
 */
public sealed interface ServerOptions permits ServerOptionValues {
    /** Returns the defaults. */
    static ServerOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    static Builder builder() {
        return new ServerOptionsBuilder();
    }

    /** Returns a builder with these options. */
    Builder toBuilder();

    /** Path under which the server responds, with a slash at both ends. */
    String path();

    /** Transports that clients may use. Unmodifiable. */
    List<TransportKind> transports();

    /** Returns whether a polling client may upgrade to WebSocket. */
    boolean allowUpgrades();

    /** Time between a pong and the next ping. */
    Duration pingInterval();

    /** Maximum time a client takes to respond to a ping. */
    Duration pingTimeout();

    /** Maximum time of an upgrade to WebSocket. */
    Duration upgradeTimeout();

    /** Maximum time a client stays connected without joining a namespace. */
    Duration connectTimeout();

    /** Maximum time a broadcast waits for acknowledgements when the call names none. */
    Duration ackTimeout();

    /** Time after which a handler is reported as slow. */
    Duration slowHandler();

    /** Maximum time a sender waits for room in a send queue. */
    Duration sendTimeout();

    /** Maximum size of a message or request body, in bytes. */
    int maxHttpBufferSize();

    /** Maximum size of one client's send queue, in bytes. */
    long maxQueuedBytes();

    /** Size of a send queue above which senders wait, in bytes. */
    long highWaterMark();

    /** Maximum size of an event or acknowledgement that is sent, in bytes. */
    long maxOutgoingSize();

    /** Maximum memory of all clients together, in bytes. */
    long memoryBudget();

    /** Maximum number of open sessions. */
    int maxSessions();

    /** Maximum number of packets in one request body. */
    int maxPacketsPerPayload();

    /** Maximum number of attachments of a received event. */
    int maxAttachments();

    /** Maximum nesting depth of the JSON of a received event. */
    int maxJsonDepth();

    /** Maximum number of acknowledgements awaited from one client. */
    int maxPendingAcks();

    /** Maximum number of events of one connection that wait for handlers. */
    int maxPendingEvents();

    /** Pages of other origins that may connect, and the CORS headers of their responses. */
    CorsOptions cors();

    /** Returns whether the browser's client script is served under the path. */
    boolean serveClient();

    /** Short name of this server in session ids. */
    String nodeTag();

    /** Maximum number of rooms of one socket. */
    int maxRoomsPerSocket();

    /** Maximum number of namespaces. */
    int maxNamespaces();

    /** Returns whether a namespace created by rule is removed when its last socket leaves. */
    boolean cleanupEmptyChildNamespaces();

    /** Creates the adapter of each namespace. */
    Adapter.Factory adapter();

    /** Options of connection state recovery; empty when it is off. */
    Optional<RecoveryOptions> connectionStateRecovery();

    /** Parser that encodes and decodes packets. */
    SocketParser parser();

    /** Returns whether clients of Socket.IO 2, which speak Engine.IO 3, may connect. */
    boolean allowEIO3();

    /** Generator of session ids; empty for the server's own. */
    Optional<SessionIdGenerator> sessionIds();

    /** Message sent directly after the handshake; empty for none. */
    Optional<EnginePacket> initialPacket();

    /** JSON mapper of the application; empty for one without settings. */
    Optional<JsonMapper> jsonMapper();

    /** Finds the sessions of other servers; empty when there are none. */
    Optional<SessionRouting> routing();

    /** Origins of pages of other hosts or ports that may connect: {@link CorsOptions#allowedOrigins} of {@link #cors}. */
    default Set<String> allowedOrigins() {
        return cors().allowedOrigins();
    }

    /**
     * Collects the options. Not thread-safe; may be used again after {@link #build}. Created by {@link #builder}: applications do not
     * implement it, and options may be added.
     */
    sealed interface Builder permits ServerOptionsBuilder {
        /** Path under which the server responds; a missing slash at either end is added. Default: {@code /socket.io/}. */
        Builder path(String value);

        /** Transports that clients may use. Default: polling and WebSocket. */
        Builder transports(List<TransportKind> value);

        /** Returns whether a polling client may upgrade to WebSocket. Default: yes. */
        Builder allowUpgrades(boolean value);

        /** Time between a pong and the next ping. Default: 25 s. */
        Builder pingInterval(Duration value);

        /** Maximum time a client takes to respond to a ping. Default: 60 s. Then its session is closed with the reason "ping timeout". */
        Builder pingTimeout(Duration value);

        /** Maximum time of an upgrade to WebSocket. Default: 30 s. Then the session stays with polling. */
        Builder upgradeTimeout(Duration value);

        /** Maximum time a client stays connected without joining a namespace. Default: 45 s. Then its session is closed. */
        Builder connectTimeout(Duration value);

        /** Maximum time a broadcast waits for acknowledgements when the call names none. Default: 20 s. */
        Builder ackTimeout(Duration value);

        /**
         * Time after which a handler is reported to {@link ServerListener#slowHandler}. Default: 1 s. An inline handler, which blocks its
         * event loop, is reported after a tenth of it, and logged as a warning once a minute for each event.
         */
        Builder slowHandler(Duration value);

        /**
         * Maximum size of a WebSocket message or request body, in bytes; sent to clients as {@code maxPayload}. Default: 1 000 000. Larger
         * messages close the session with code 1009; larger bodies get status 413.
         */
        Builder maxHttpBufferSize(int value);

        /**
         * Maximum size of one client's send queue where the sender cannot wait, in bytes: on an event loop, and for each receiver of a
         * broadcast. A larger queue closes the session, "send queue full". Counts 64 bytes more for each packet, and a poll response until
         * the network has taken it, but not the largest waiting event. Reading from the connection also stops when its events that wait for
         * handlers exceed this size, even if a handler waits for an acknowledgement. Default: 4 000 000.
         */
        Builder maxQueuedBytes(long value);

        /**
         * Size of one client's send queue, in bytes, above which {@code emit}, {@code ack} and {@code call} wait on threads that may block,
         * and {@code tryEmit} returns false. An event larger than the mark is sent when nothing else waits. Reading from the connection
         * also stops when its events that wait for handlers exceed this size, until half of them are handled. Default: a quarter of {@link
         * #maxQueuedBytes}.
         */
        Builder highWaterMark(long value);

        /**
         * Maximum time that {@code emit}, {@code ack} and {@code call} wait for room in a send queue. Then the session is closed, "send
         * queue full", and the call throws {@link NotSentException}. Default: 30 s.
         */
        Builder sendTimeout(Duration value);

        /**
         * Maximum size of an event or acknowledgement that is sent, in bytes; for a larger one {@code emit}, {@code ack} and {@code call}
         * throw an {@link IllegalArgumentException}, and nothing is sent. At most half of {@link #memoryBudget}. Default: 64 MB.
         */
        Builder maxOutgoingSize(long value);

        /**
         * Maximum memory that all clients together may occupy, in bytes: incomplete messages and request bodies, events that wait for
         * handlers, send queues, and data on its way into connections that take no more. Beyond it the sessions that hold most are closed,
         * "server overloaded", and new handshakes get status 503. One message may use at most half of it, even if {@link
         * #maxHttpBufferSize} is larger. Default: a quarter of the heap, plus an eighth of it, at most 32 MB, for direct memory.
         */
        Builder memoryBudget(long value);

        /** Maximum number of open sessions. Default: 20 000. Further handshakes are refused. */
        Builder maxSessions(int value);

        /** Maximum number of packets in one request body. Default: 20 000. */
        Builder maxPacketsPerPayload(int value);

        /** Maximum number of attachments of a received event. Default: 64. */
        Builder maxAttachments(int value);

        /** Maximum nesting depth of the JSON of a received event. Default: 128. */
        Builder maxJsonDepth(int value);

        /** Maximum number of acknowledgements awaited from one client. Default: 1 000. Further calls fail with a {@link NoReplyException}. */
        Builder maxPendingAcks(int value);

        /**
         * Maximum number of events of one connection that wait for handlers while one of them waits for an acknowledgement; then reading from
         * the connection stops. Otherwise reading stops at a quarter of it. Default: 20 000.
         */
        Builder maxPendingEvents(int value);

        /** Which pages of other origins may connect, and the CORS headers of their responses. Default: none may. */
        Builder cors(CorsOptions value);

        /**
         * Sets {@link CorsOptions.Builder#allowedOrigins} of {@link #cors}, and keeps its other options.
         *
         * @throws IllegalArgumentException if one is no origin
         */
        Builder allowedOrigins(Set<String> value);

        /** Returns whether the browser's client script is served under the path. Default: yes. */
        Builder serveClient(boolean value);

        /** The short name of this server in session ids: letters and digits, at most 16. Default: {@code 0}. */
        Builder nodeTag(String value);

        /** Maximum number of rooms of one socket. Default: 1 000. Beyond it {@code join} throws an {@link IllegalStateException}. */
        Builder maxRoomsPerSocket(int value);

        /** Maximum number of namespaces, including those created by rule. Default: 10 000. Beyond it a rule creates none. */
        Builder maxNamespaces(int value);

        /** Returns whether a namespace created by rule is removed when its last socket leaves. Default: no. */
        Builder cleanupEmptyChildNamespaces(boolean value);

        /** Creates the adapter of each namespace, which keeps its rooms. Default: {@link InMemoryAdapter}. */
        Builder adapter(Adapter.Factory value);

        /** Restores id, rooms, data and missed events of clients that lose their connection for a short time. Default: off. */
        Builder connectionStateRecovery(RecoveryOptions value);

        /** Parser that encodes and decodes packets; clients must use the same one. Default: JSON text. */
        Builder parser(SocketParser value);

        /** Returns whether to serve clients of Socket.IO 2 too, which speak Engine.IO 3. Default: no. */
        Builder allowEIO3(boolean value);

        /** Generator of session ids. Default: 144 random bits. */
        Builder sessionIds(SessionIdGenerator value);

        /** A message sent directly after the handshake, in the same response or flush. Default: none. */
        Builder initialPacket(EnginePacket value);

        /**
         * JSON mapper that writes the values of events, acknowledgements and refusals, and reads received arguments, and credentials that
         * are asked for as a class. It brings the application's own modules, naming strategies and features. Used on all threads that send
         * or read, event loops included. Arguments that are themselves strings, byte arrays, booleans, {@code int}, {@code long} or {@link
         * RawJson} are written without it, and a first argument that is a string or an attachment is read without it as such. Byte arrays
         * inside other values always become attachments. The mapper's read limits apply in addition to the server's. Default: a mapper
         * without settings.
         */
        Builder jsonMapper(JsonMapper value);

        /** Finds the sessions of other servers of a cluster, which sets it. Default: none. */
        Builder routing(SessionRouting value);

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException when an option is out of its range
         */
        ServerOptions build();
    }
}
