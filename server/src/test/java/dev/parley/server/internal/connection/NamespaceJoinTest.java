package dev.parley.server.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Handshake;
import dev.parley.server.RefusedException;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.internal.namespace.Namespaces;
import dev.parley.server.internal.namespace.ServedNamespace;
import dev.parley.server.internal.socket.ClientSocket;
import dev.parley.server.internal.socket.FakeClients;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamespaceJoinTest {
    private static final int ROOMS = 3;
    private static final String ENDED = "the session has ended";

    /** The offsets of clients that began anew. */
    private final List<String> begunAnew = new CopyOnWriteArrayList<>();
    private final SocketIoServer server = SocketIoServer.create(ServerOptions.builder()
            .adapter(host -> noting(new InMemoryAdapter(host)))
            .maxRoomsPerSocket(ROOMS)
            .connectionStateRecovery(RecoveryOptions.within(Duration.ofMinutes(1)).withSkipMiddlewares(false))
            .build());
    private final ServedNamespace namespace = (ServedNamespace) server.of("/");
    private final Namespaces namespaces = new Namespaces(server, namespace.context());

    @Test
    void connectionLostDuringRecoveryLeavesTheSession() throws Exception {
        keep(Set.of("red"));
        assertThat(join(false)).isEqualTo(ENDED);
        assertThat(join(true)).isEqualTo("recovered as sid in [red, sid]");
    }

    @Test
    void refusalByMiddlewareEndsTheSession() throws Exception {
        keep(Set.of("red"));
        namespace.use(socket -> {
            if (socket.recovered()) {
                throw new RefusedException("no");
            }
        });
        assertThat(join(true)).isEqualTo("{\"message\":\"no\"}");
        assertThat(join(true)).startsWith("new");
    }

    @Test
    void sessionWithTooManyRoomsStartsAnew() throws Exception {
        keep(Set.of("a", "b", "c"));
        assertThat(join(true)).startsWith("new");
        assertThat(namespace.socket("sid")).isEmpty();
    }

    @Test
    void adapterIsToldTheOffsetOfAClientThatBeginsAnew() throws Exception {
        assertThat(join(true)).as("no session").startsWith("new");
        assertThat(begunAnew).containsExactly("1");
        keep(Set.of("red"));
        assertThat(join(true)).startsWith("recovered");
        assertThat(begunAnew).hasSize(1);
    }

    private Adapter noting(Adapter adapter) {
        return (Adapter) Proxy.newProxyInstance(Adapter.class.getClassLoader(), new Class<?>[]{Adapter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("beginAnew")) {
                        begunAnew.add((String) arguments[1]);
                    }
                    return method.invoke(adapter, arguments);
                });
    }

    /** A client was lost before an event, which has the offset 1. */
    private void keep(Set<String> rooms) {
        namespace.adapter().broadcast(Arguments.of("[\"e\"]"), BroadcastOptions.ALL);
        namespace.adapter().persistSession(new PersistedSession("sid", "pid", rooms, Map.of()));
    }

    /** Joins as the client that was lost. Returns what became of it. */
    private String join(boolean open) throws Exception {
        var handshake = new Handshake(Map.of(), Map.of(), "10.0.0.1", "/socket.io/", Instant.EPOCH, false,
                "{\"pid\":\"pid\",\"offset\":\"1\"}");
        var outcome = new CompletableFuture<String>();
        namespaces.of("/");
        var known = namespaces.enter("/").map(entered -> namespace);
        new NamespaceJoin(namespace.context(), namespaces, handshake, new FakeClients.Client(), "/")
                .decide(known, new NamespaceJoin.Verdict() {
                    @Override
                    public boolean accept(ClientSocket socket, List<PreparedEvent> missed) {
                        if (open) {
                            outcome.complete(
                                    socket.recovered()
                                            ? "recovered as " + socket.id() + " in "
                                                    + socket.rooms().stream().sorted().toList()
                                            : "new");
                        }
                        return open;
                    }

                    @Override
                    public void refuse(String json, ServerListener.ConnectFailure why) {
                        outcome.complete(why == ServerListener.ConnectFailure.ERROR ? ENDED : json);
                    }
                });
        return outcome.get(60, TimeUnit.SECONDS);
    }
}
