package dev.parley.server.internal.connection;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.socket.ConnectionEffect;
import dev.parley.protocol.socket.ConnectionInput;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.engine.ByteGauge;
import dev.parley.server.internal.context.ServerContext;
import dev.parley.server.internal.namespace.Namespaces;
import dev.parley.server.internal.socket.ClientSocket;
import dev.parley.server.internal.socket.UnderlyingConnection;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The namespaces that the client of one connection has joined. Belongs to the session's loop; {@link #sockets}, {@link #discardEvents} and
 * {@link #drained} may be called from any thread.
 */
final class ClientNamespaces {
    private final ServerContext context;
    private final Namespaces namespaces;
    private final Map<String, NamespaceMembership> memberships;
    private final JoinReport report;
    private final ByteGauge incoming;
    private final Client client;
    /** Bytes of the handshake and of auth objects, which are kept as long as the session or the socket lives. */
    private long retained;

    /**
     * Creates the namespaces of a connection, which has joined none yet.
     *
     * @param memberships by the names of the namespaces; changed here only
     * @param incoming    counts what is kept of requests and auth objects
     */
    ClientNamespaces(ServerContext context, Namespaces namespaces,
            Map<String, NamespaceMembership> memberships, JoinReport report, ByteGauge incoming,
            Client client) {
        this.context = context;
        this.namespaces = namespaces;
        this.memberships = memberships;
        this.report = report;
        this.incoming = incoming;
        this.client = client;
    }

    /** Begins to count the request that opened the session. */
    void opened() {
        retain(weight(client.request()));
    }

    /** Counts nothing any more: the session has ended. */
    void closed() {
        retain(-retained);
    }

    /** Returns the client's sockets. */
    Collection<Socket> sockets() {
        return memberships.values().stream().<Socket>map(NamespaceMembership::socket).toList();
    }

    /** Drops the events that wait for handlers, of all sockets. */
    void discardEvents() {
        memberships.values().forEach(membership -> membership.socket().handlerQueue().discardEvents());
    }

    /** Tells all sockets that the session has moved to another transport. */
    void upgraded(String transport) {
        memberships.values().forEach(membership -> membership.socket().upgraded(transport));
    }

    /** Tells all sockets that there is room in the send queue again. */
    void drained() {
        memberships.values().forEach(membership -> membership.socket().drained());
    }

    /** Decides on a client that asks to join a namespace: at once when nothing has to be asked, otherwise on a virtual thread. */
    void join(ConnectionEffect.Join join) {
        var namespace = namespaces.enter(join.namespace());
        if (namespace.isEmpty() && !namespaces.hasRules()) {
            refuse(join.namespace(), NamespaceJoin.INVALID, ServerListener.ConnectFailure.NAMESPACE);
            return;
        }
        var request = client.request();
        var handshake = new Handshake(request.headers(), request.query(), request.address(), request.url(),
                request.time(), request.secure(), join.auth(), context.authReader());
        var decision = new NamespaceJoin(context, namespaces, handshake, client, join.namespace());
        if (namespace.isPresent() && namespace.get().isOpen()) {
            accept(decision.fresh(namespace.get()), List.of());
        } else {
            decision.decide(namespace, new NamespaceJoin.Verdict() {
                @Override
                public boolean accept(ClientSocket socket, List<PreparedEvent> missed) {
                    return client.run(() -> ClientNamespaces.this.accept(socket, missed));
                }

                @Override
                public void refuse(String json, ServerListener.ConnectFailure why) {
                    client.run(() -> ClientNamespaces.this.refuse(join.namespace(), json, why));
                }
            });
        }
    }

    private void refuse(String namespace, String json, ServerListener.ConnectFailure why) {
        report.notConnected(why);
        client.on(new ConnectionInput.Refuse(namespace, json));
    }

    private void accept(ClientSocket socket, List<PreparedEvent> missed) {
        var namespace = socket.namespace();
        if (!client.open()) {
            NamespaceJoin.end(socket, true);
            namespaces.leave(namespace);
            return;
        }
        var membership = new NamespaceMembership(namespace, socket, client.load());
        memberships.put(namespace.name(), membership);
        retain(authWeight(socket));
        report.joined(socket);
        client.on(new ConnectionInput.Accept(namespace.name(), socket.id(), socket.pid()));
        missed.forEach(event -> client.on(new ConnectionInput.Forward(namespace.name(), event.packets())));
        socket.resume();
        membership.enter(() -> client.run(membership::ready));
    }

    /** Lets a client out of a namespace. */
    void leave(String namespace, CloseReason reason) {
        var membership = memberships.remove(namespace);
        if (membership != null) {
            retain(-authWeight(membership.socket()));
            membership.leave(reason);
            report.left(membership.socket(), reason);
            namespaces.leave(membership.socket().namespace());
        }
    }

    private void retain(long bytes) {
        retained += bytes;
        incoming.add(bytes);
    }

    private static long authWeight(Socket socket) {
        String auth = socket.handshake().auth();
        return auth == null ? 0 : auth.length();
    }

    /** Returns the number of characters of the headers, the query and the URL. */
    private static long weight(Handshake handshake) {
        return weight(handshake.headers()) + weight(handshake.query()) + handshake.url().length();
    }

    private static long weight(Map<String, String> all) {
        long sum = 0;
        for (var entry : all.entrySet()) {
            sum += entry.getKey().length() + entry.getValue().length();
        }
        return sum;
    }

    /** The connection of the client. */
    interface Client extends UnderlyingConnection {
        /** Returns the request that opened the session. */
        Handshake request();

        /** Returns whether the session has not ended. */
        boolean open();

        /** Feeds the machine of the connection. Called on the loop. */
        void on(ConnectionInput input);

        /** Does something on the loop; false when it will not be done, since the session ends. Any thread. */
        boolean run(Runnable task);
    }
}
