package dev.parley.server.admin;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.BroadcastOperator;
import dev.parley.server.Event;
import dev.parley.server.Handshake;
import dev.parley.server.Namespace;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerListener;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RoomListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Serves the official Socket.IO Admin UI (the page of {@code @socket.io/admin-ui}): sends it the server's state and performs its commands.
 * Attach it once, after the namespaces that have rules of their own. Every admitted user sees the addresses and headers of all clients and,
 * unless it is {@code readonly}, may close their connections. It adds no cost per message. Each socket costs a small entry; events are sent
 * only while a page is connected. Thread-safe.
 */
public final class AdminUi implements ServerListener, AutoCloseable {
    private final SocketIoServer server;
    private final AdminOptions options;
    private final Namespace admin;
    private final AdminGate gate;
    private final AdminStats stats;
    private final Map<String, String> connections = new ConcurrentHashMap<>();
    private final Thread teller;

    private AdminUi(SocketIoServer server, AdminOptions options) {
        this.server = server;
        this.options = options;
        this.admin = server.of(options.namespace());
        this.gate = new AdminGate(options, InstantSource.system());
        this.stats = new AdminStats(server, options);
        this.teller = Thread.ofVirtual().name("parley-admin").unstarted(this::tell);
    }

    /** Starts serving the page. */
    public static AdminUi attach(SocketIoServer server, AdminOptions options) {
        var ui = new AdminUi(server, options);
        ui.admin.use(socket -> {
            var auth = socket.handshake().credentials();
            socket.data()
                    .put("session", ui.gate.admit(socket.handshake().address(),
                            auth.orElseThrow(() -> new RefusedException("invalid credentials"))));
        });
        ui.admin.onConnection(ui::welcome);
        server.allNamespaces().forEach(ui::watch);
        server.onNamespace(ui::watch);
        server.addListener(ui);
        ui.teller.start();
        return ui;
    }

    /** Stops the periodic statistics. */
    @Override
    public void close() {
        teller.interrupt();
    }

    private void welcome(Socket socket) {
        socket.emit("session", String.valueOf(socket.data().get("session")));
        socket.emit("config", Map.of("supportedFeatures", features()));
        socket.emit("server_stats", stats.now(List.of()));
        if (options.detailed()) {
            var all = new ArrayList<Object>();
            watched().forEach(namespace -> namespace.sockets().forEach(each -> all.add(view(each))));
            socket.emit("all_sockets", all);
        }
        if (!options.readonly()) {
            socket.on("emit", event -> emit(event));
            socket.on("join", event -> each(event, 2, (to, at) -> to.socketsJoin(at.text(1))));
            socket.on("leave", event -> each(event, 2, (to, at) -> to.socketsLeave(at.text(1))));
            socket.on("_disconnect",
                    event -> each(event, 2, (to, at) -> to.disconnectSockets(at.json(1).asBoolean(false))));
        }
    }

    private List<String> features() {
        var features = new ArrayList<>(List.of("AGGREGATED_EVENTS"));
        if (options.detailed()) {
            features.add("ALL_EVENTS");
        }
        if (!options.readonly()) {
            features.addAll(List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT"));
        }
        return features;
    }

    /** Applies a command to a whole namespace or to one room. The page's arguments are: namespace, action, optional room. */
    private void each(Event event, int filter, Act act) {
        Namespace namespace = known(event.text(0));
        if (namespace != null) {
            boolean some = event.size() > filter && event.json(filter).isString();
            act.on(some ? namespace.broadcast().to(event.text(filter)) : namespace.broadcast(), event);
        }
    }

    private void emit(Event event) {
        Namespace namespace = known(event.text(0));
        if (namespace != null) {
            var values = new ArrayList<Object>();
            for (int i = 3; i < event.size(); i++) {
                values.add(event.json(i));
            }
            boolean some = event.json(1).isString();
            (some ? namespace.broadcast().to(event.text(1)) : namespace.broadcast()).emit(event.text(2),
                    values.toArray());
        }
    }

    private @Nullable Namespace known(String name) {
        return watched().stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
    }

    private List<Namespace> watched() {
        return server.allNamespaces()
                .stream()
                .filter(each -> !each.name().equals(options.namespace()))
                .toList();
    }

    private void watch(Namespace namespace) {
        if (options.detailed() && !namespace.name().equals(options.namespace())) {
            String name = namespace.name();
            namespace.adapter().addListener(new RoomListener() {
                @Override
                public void joined(String room, String id) {
                    tellAll("room_joined", name, room, id, timestamp());
                }

                @Override
                public void left(String room, String id) {
                    tellAll("room_left", name, room, id, timestamp());
                }
            });
        }
    }

    @Override
    public void joined(String connection, Socket socket) {
        if (!socket.namespace().name().equals(options.namespace())) {
            connections.put(socket.id(), connection);
            if (options.detailed()) {
                tellAll("socket_connected", view(socket), timestamp());
            }
        }
    }

    @Override
    public void left(String connection, Socket socket, CloseReason reason) {
        if (connections.remove(socket.id()) != null && options.detailed()) {
            tellAll("socket_disconnected", socket.namespace().name(), socket.id(), reason.text(),
                    timestamp());
        }
    }

    @Override
    public void upgraded(String connection, Duration took) {
        if (options.detailed() && looked()) {
            connections.forEach((id, of) -> {
                if (of.equals(connection)) {
                    watched().stream()
                            .filter(namespace -> namespace.socket(id).isPresent())
                            .forEach(namespace -> tellAll("socket_updated", Map.of("id", id, "nsp",
                                    namespace.name(), "transport", TransportKind.WEBSOCKET.text())));
                }
            });
        }
    }

    @Override
    public void opened(String connection, TransportKind transport, Handshake handshake) {
        stats.opened();
    }

    @Override
    public void closed(String connection, TransportKind transport, CloseReason reason, Duration lifetime) {
        stats.closed(reason);
    }

    private Map<String, Object> view(Socket socket) {
        return SocketView.of(socket, connections.getOrDefault(socket.id(), ""));
    }

    private boolean looked() {
        return !admin.sockets().isEmpty();
    }

    private void tellAll(String event, Object... values) {
        if (looked()) {
            admin.broadcast().emit(event, values);
        }
    }

    private void tell() {
        try {
            while (true) {
                Thread.sleep(options.interval());
                var events = stats.since();
                if (looked()) {
                    admin.broadcast().emit("server_stats", stats.now(events));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String timestamp() {
        return Instant.now().toString();
    }

    private interface Act {
        void on(BroadcastOperator to, Event event);
    }
}
