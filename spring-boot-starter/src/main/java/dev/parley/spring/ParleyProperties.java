package dev.parley.spring;

import dev.parley.server.CorsOptions;
import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.http.HttpOptions;
import dev.parley.server.http.TrustedProxies;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The {@code parley.…} properties, each named after the option that it sets. Immutable. A value out of its range stops the start of the
 * application with a message that names the property.
 *
 * @param enabled                 Whether to start the Socket.IO server.
 * @param host                    Address to listen on, or a host name of it. 127.0.0.1 is for programs of this machine only.
 * @param port                    Port to listen on, beside the port of the web server. 0 takes any free port.
 * @param path                    Path under which the server responds.
 * @param eventLoops              Number of event loops, each a thread that serves a share of the connections. One for each processor unless set.
 * @param allowedOrigins          Origins of pages of other hosts or ports that may connect, such as https://example.com or http://localhost:8080.
 * @param credentials             Whether pages of other origins may send cookies and authorization.
 * @param trustedProxies          Proxies whose X-Forwarded and Forwarded headers are believed: addresses, ranges such as 10.0.0.0/8, or "loopback",
 *                                "link-local", "private".
 * @param pingInterval            Time between a pong and the next ping.
 * @param pingTimeout             Maximum time a client takes to respond to a ping.
 * @param connectTimeout          Maximum time a client stays connected without joining a namespace.
 * @param ackTimeout              Maximum time that a broadcast waits for acknowledgements when the call names none.
 * @param sendTimeout             Maximum time that emit, ack and call wait for room in the send queue of a client.
 * @param maxHttpBufferSize       Maximum size of one request body or one WebSocket message.
 * @param maxQueuedBytes          Maximum size of the send queue of one client, past which its session is closed.
 * @param highWaterMark           Size of the send queue of one client from which on senders wait. A quarter of max-queued-bytes unless set.
 * @param memoryBudget            Maximum memory that all clients together may occupy. A share of the heap unless set.
 * @param maxSessions             Maximum number of sessions at once.
 * @param serveClient             Whether to serve the browser's client script under the path.
 * @param allowEio3               Whether to serve clients of Socket.IO 2, which speak Engine.IO 3.
 * @param drainNotice             Time between the beginning of a graceful shutdown and the disconnection of the first client.
 * @param connectionStateRecovery Recovery of clients that lose their connection. Off unless one of its properties is set.
 */
@ConfigurationProperties("parley")
public record ParleyProperties(@DefaultValue("true") boolean enabled, @DefaultValue("0.0.0.0") String host,
        @DefaultValue("3001") int port, @DefaultValue("/socket.io/") String path,
        @Nullable Integer eventLoops, @DefaultValue Set<String> allowedOrigins,
        @DefaultValue("false") boolean credentials, @DefaultValue List<String> trustedProxies,
        @DefaultValue("25s") Duration pingInterval, @DefaultValue("60s") Duration pingTimeout,
        @DefaultValue("45s") Duration connectTimeout, @DefaultValue("20s") Duration ackTimeout,
        @DefaultValue("30s") Duration sendTimeout, @DefaultValue("1000000B") DataSize maxHttpBufferSize,
        @DefaultValue("4000000B") DataSize maxQueuedBytes, @Nullable DataSize highWaterMark,
        @Nullable DataSize memoryBudget, @DefaultValue("20000") int maxSessions,
        @DefaultValue("true") boolean serveClient, @DefaultValue("false") boolean allowEio3,
        @DefaultValue("0s") Duration drainNotice, @Nullable Recovery connectionStateRecovery) {
    /** Copies the collections. */
    public ParleyProperties {
        allowedOrigins = Collections.unmodifiableSet(new LinkedHashSet<>(allowedOrigins));
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Returns a builder of the server's options with these properties applied. */
    ServerOptions.Builder serverOptions() {
        return valid(() -> {
            var builder = ServerOptions.builder()
                    .path(path)
                    .cors(CorsOptions.builder()
                            .allowedOrigins(allowedOrigins)
                            .credentials(credentials)
                            .build())
                    .pingInterval(pingInterval)
                    .pingTimeout(pingTimeout)
                    .connectTimeout(connectTimeout)
                    .ackTimeout(ackTimeout)
                    .sendTimeout(sendTimeout)
                    .maxHttpBufferSize(bytes("maxHttpBufferSize", maxHttpBufferSize))
                    .maxQueuedBytes(maxQueuedBytes.toBytes())
                    .maxSessions(maxSessions)
                    .serveClient(serveClient)
                    .allowEIO3(allowEio3);
            if (highWaterMark != null) {
                builder.highWaterMark(highWaterMark.toBytes());
            }
            if (memoryBudget != null) {
                builder.memoryBudget(memoryBudget.toBytes());
            }
            if (connectionStateRecovery != null) {
                builder.connectionStateRecovery(connectionStateRecovery.options());
            }
            builder.build();
            return builder;
        });
    }

    /** Returns a builder of the HTTP engine's options with these properties applied. */
    HttpOptions.Builder httpOptions() {
        return valid(() -> HttpOptions.builder().trustedProxies(proxies(trustedProxies)));
    }

    private static TrustedProxies proxies(List<String> names) {
        try {
            return TrustedProxies.of(names);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("trustedProxies: " + e.getMessage(), e);
        }
    }

    /** Returns where to listen. */
    ListenOptions listenOptions(HttpOptions http) {
        return valid(() -> {
            var builder = ListenOptions.builder().host(host).port(port).http(http);
            if (eventLoops != null) {
                builder.eventLoops(eventLoops);
            }
            return builder.build();
        });
    }

    private static int bytes(String option, DataSize size) {
        if (size.toBytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " must be less than 2GB, and is " + size);
        }
        return (int) size.toBytes();
    }

    private static <T> T valid(Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(e);
        }
    }

    /**
     * Restores id, rooms, data and missed events of clients that lose their connection for a short time.
     *
     * @param maxDisconnectionDuration Maximum time the state of a disconnected client is kept.
     * @param skipMiddlewares          Whether a recovered client skips the middleware of its namespace.
     */
    public record Recovery(@DefaultValue("2m") Duration maxDisconnectionDuration,
            @DefaultValue("true") boolean skipMiddlewares) {
        RecoveryOptions options() {
            return RecoveryOptions.within(maxDisconnectionDuration).withSkipMiddlewares(skipMiddlewares);
        }
    }
}
