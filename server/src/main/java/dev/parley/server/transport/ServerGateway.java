package dev.parley.server.transport;

import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.HandlerThreads;
import dev.parley.server.Handshake;
import dev.parley.server.HttpEngine;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.EngineSession;
import dev.parley.server.engine.Loop;
import dev.parley.server.engine.Sessions;
import dev.parley.server.engine.WebSocketLink;
import dev.parley.server.internal.connection.SocketConnection;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.core.ServerCore;
import dev.parley.server.internal.namespace.Namespaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The entrance of a {@link SocketIoServer} for HTTP engines: opens sessions, finds them, and reports refused requests. Called by
 * implementations of {@link HttpEngine} and by test tools; applications do not need it. Safe from any thread, except where a method names the loop.
 */
public final class ServerGateway {
    private final ServerContext server;
    private final Namespaces namespaces;
    private final Sessions sessions;
    private final int maxPayload;

    private ServerGateway(ServerCore core) {
        this.server = core.context();
        this.namespaces = core.namespaces();
        this.sessions = core.table();
        this.maxPayload = core.maxPayload();
    }

    /**
     * Returns a gateway to a server. All gateways of a server are equivalent.
     *
     * @throws IllegalArgumentException when the server was not created by {@link SocketIoServer#create}
     */
    public static ServerGateway of(SocketIoServer server) {
        return new ServerGateway(ServerCore.behind(server));
    }

    /** Returns the options of the server. */
    public ServerOptions options() {
        return server.options();
    }

    /**
     * Returns a new session id for {@link #open}.
     *
     * @throws IllegalStateException when the application's generator returns an id that cannot be used
     */
    public String sid(Handshake handshake) {
        return server.options()
                .sessionIds()
                .map(own -> sessions.name(own.next(handshake)))
                .orElseGet(sessions::name);
    }

    /**
     * Opens a session for an accepted handshake. Called on {@code loop}.
     *
     * @param sid     the session id, from {@link #sid}
     * @param framing the framing that the client requested
     * @param loop    the event loop, which owns the session from now on
     * @param link    the WebSocket the session begins on; null when it begins with polling
     * @return the session; empty when there are {@code maxSessions} already, or the server drains or closes
     */
    public Optional<EngineSession> open(String sid, Handshake handshake, Framing framing, Loop loop,
            @Nullable WebSocketLink link) {
        var transport = link == null ? TransportKind.POLLING : TransportKind.WEBSOCKET;
        var created = sessions.create(sid, transport, framing, loop);
        created.ifPresent(session -> {
            String name = server.socketId().substring(0, 8);
            server.tell(listener -> listener.opened(name, transport, handshake));
            var connection = new SocketConnection(server, namespaces, session, handshake, name);
            server.tell(listener -> listener.opened(connection));
            if (link == null) {
                session.open(connection);
            } else {
                session.open(connection, link);
            }
            server.options().initialPacket().ifPresent(packet -> session.send(List.of(packet)));
            connection.opened();
        });
        return created;
    }

    /** Returns the maximum size of a message or request body, in bytes, as clients are told. */
    public int maxPayload() {
        return maxPayload;
    }

    /** Returns whether the memory budget is exceeded, so that handshakes must be refused with status 503. */
    public boolean overloaded() {
        return sessions.budget().exceeded();
    }

    /** Returns whether {@link #open} would open no session now. */
    public boolean full() {
        return sessions.isFull();
    }

    /** Returns the session with this session id; empty when there is none. Call its methods on its event loop only. */
    public Optional<EngineSession> session(String sid) {
        return sessions.find(sid);
    }

    /** Reports a refused request to the server's listeners, on the calling thread. */
    public void refused(ServerListener.Refusal refusal) {
        server.tell(listener -> listener.refused(refusal));
    }

    /** Sets the test for whether the calling thread is an event loop, where blocking calls are refused. */
    public void eventLoops(BooleanSupplier answer) {
        server.blockingCalls().eventLoops(answer);
    }

    /** Sets the source of handler threads for sockets that connect from now on; for test tools. */
    public void handlerThreads(HandlerThreads threads) {
        server.blockingCalls().handlerThreads(threads);
    }

    /** Moves the clock of all sessions forward; for test tools. The caller then makes the event loops run the timers that are due. */
    public void advanceClock(Duration by) {
        sessions.advanceClock(by);
    }
}
