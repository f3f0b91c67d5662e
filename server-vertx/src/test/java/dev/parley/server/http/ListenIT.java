package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.parley.server.HttpEngine;
import dev.parley.server.ListenException;
import dev.parley.server.ListenException.Reason;
import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that listens by itself. */
class ListenIT {
    private static final String HERE = "127.0.0.1";

    private final Set<Thread> before = threads();
    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());

    /** After every test, whatever failed in it. */
    @AfterEach
    void nothingIsLeftRunning() {
        io.close();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var left = threads();
            left.removeAll(before);
            assertThat(left).isEmpty();
        });
    }

    @Test
    void listensOnAFreePort() throws Exception {
        io.onConnection(socket -> socket.onAny((name, event) -> socket.emitRaw(event.arguments())));
        try (var peer = new Peer(io.listen(HERE, 0))) {
            var frames = peer.joinFrames();
            frames.send("42[\"e\",1]");
            assertThat(frames.next()).isEqualTo("42[\"e\",1]");
        }
    }

    @Test
    void listensOnEveryAddressUnlessToldOtherwise() throws Exception {
        try (var peer = new Peer(io.listen(0))) {
            assertThat(peer.handshake()).isNotEmpty();
        }
    }

    @Test
    void keepsTheProcessAliveWhileItListens() {
        io.listen(HERE, 0);
        var started = threads();
        started.removeAll(before);
        assertThat(started).isNotEmpty();
    }

    @Test
    void httpOptionsHold() throws Exception {
        var http = HttpOptions.builder().allowRequest(handshake -> Optional.of("closed")).build();
        try (var peer = new Peer(io.listen(ListenOptions.builder().host(HERE).port(0).http(http).build()))) {
            assertThat(peer.get("/socket.io/?" + Peer.POLLING).body()).contains("closed");
        }
    }

    @Test
    void refusesOptionsOfAnotherEngine() {
        assertThatThrownBy(() -> io.listen(0, new HttpEngine.Options() {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("http must be HttpOptions");
    }

    @Test
    void usedPortIsNamedAndAnotherMayBeTried() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> io.listen(HERE, other.getLocalPort()))
                    .asInstanceOf(type(ListenException.class))
                    .returns(Reason.PORT_IN_USE, ListenException::reason)
                    .returns("Port " + other.getLocalPort() + " is already in use. Choose another one.",
                            ListenException::getMessage);
        }
        assertThat(io.listen(HERE, 0)).isPositive();
    }

    @Test
    void portOfAnotherServerHereIsInUse() {
        try (var other = SocketIoServer.create(ServerOptions.defaults())) {
            int port = other.listen(HERE, 0);
            assertThatThrownBy(() -> io.listen(HERE, port)).isInstanceOf(ListenException.class);
        }
    }

    @Test
    void unknownAddressesAreRefused() {
        for (String host : Set.of("no-such-host.invalid", "192.0.2.1", "2001:db8::1")) {
            assertThatThrownBy(() -> io.listen(host, 0)).asInstanceOf(type(ListenException.class))
                    .returns(Reason.UNKNOWN_ADDRESS, ListenException::reason)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .contains("\"" + host + "\"");
        }
    }

    @Test
    void listensOncePerServer() {
        int port = io.listen(HERE, 0);
        assertThatThrownBy(() -> io.listen(HERE, 0)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(Integer.toString(port));
        io.close();
        assertThatThrownBy(() -> io.listen(HERE, 0)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    /** Another process may be given the port before it is tried here, but hardly three times. */
    @Test
    void portIsFreeAgainAfterClosing() throws Exception {
        boolean free = false;
        for (int i = 0; i < 3 && !free; i++) {
            int port;
            try (var server = SocketIoServer.create(ServerOptions.defaults())) {
                port = server.listen(HERE, 0);
            }
            free = isFree(port);
        }
        assertThat(free).isTrue();
    }

    private static boolean isFree(int port) throws IOException {
        try (var again = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return again.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    @Test
    void clientsAreToldWhenItCloses() throws Exception {
        try (var peer = new Peer(io.listen(HERE, 0))) {
            var frames = peer.joinFrames();
            io.close();
            assertThat(frames.next()).isEqualTo("closed 1000");
        }
    }

    @Test
    void inlineHandlerMayCloseTheServer() throws Exception {
        io.onConnection(socket -> socket.onInline("stop", event -> io.close()));
        try (var peer = new Peer(io.listen(HERE, 0))) {
            var frames = peer.joinFrames();
            frames.send("42[\"stop\"]");
            assertThat(frames.next()).isEqualTo("closed 1000");
        }
    }

    @Test
    void everyEventLoopServesConnections() throws Exception {
        Set<Thread> loops = ConcurrentHashMap.newKeySet();
        io.onConnection(socket -> socket.onInline("e", event -> {
            loops.add(Thread.currentThread());
            event.ack();
        }));
        int port = io.listen(ListenOptions.builder().host(HERE).port(0).eventLoops(3).build());
        try (var peer = new Peer(port)) {
            for (int i = 0; i < 6; i++) {
                var frames = peer.joinFrames();
                frames.send("420[\"e\"]");
                assertThat(frames.next()).isEqualTo("430[]");
            }
        }
        assertThat(loops).hasSize(3);
    }

    /** Those that keep a process alive. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(thread -> !thread.isDaemon())
                .filter(thread -> thread.getName().startsWith("vert"))
                .collect(Collectors.toSet());
    }
}
