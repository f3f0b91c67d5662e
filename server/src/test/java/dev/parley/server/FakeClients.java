package dev.parley.server;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.PreparedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sockets of a real namespace whose connections are lists of what was sent. */
final class FakeClients {
    final ServedNamespace namespace;
    final Map<String, Client> byId = new LinkedHashMap<>();

    FakeClients(ServerOptions options) {
        namespace = new ServerCore(options).of("/");
    }

    Client join(String id, String... rooms) {
        var client = new Client();
        var handshake = new Handshake(Map.of("user-agent", "test"), Map.of(), "10.0.0.1", "/socket.io/",
                Instant.EPOCH, false, null);
        client.socket = new ClientSocket(id, namespace, handshake, client, new Mailbox(Mailbox.Load.NONE,
                (event, failure) -> client.failures.add(event + ": " + failure.getMessage())));
        byId.put(id, client);
        namespace.joined(client.socket);
        client.socket.join(rooms);
        return client;
    }

    /** Who has got how many of an event, by id, those with none left out. */
    Map<String, Integer> got(String event) {
        var got = new LinkedHashMap<String, Integer>();
        byId.forEach((id, client) -> {
            int count = (int) client.sent.stream().filter(one -> one.event().name().equals(event)).count();
            if (count > 0) {
                got.put(id, count);
            }
        });
        return got;
    }

    static final class Client implements Outlet {
        final List<PreparedEvent> sent = new ArrayList<>();
        final List<CompletableFuture<Reply>> asked = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        final List<Boolean> disconnected = new ArrayList<>();
        @Nullable ClientSocket socket;

        ClientSocket socket() {
            if (socket == null) {
                throw new IllegalStateException("not joined");
            }
            return socket;
        }

        List<EnginePacket> packets() {
            return sent.getLast().packets();
        }

        void answer(String json) {
            asked.removeFirst()
                    .complete(new ReceivedReply(Arguments.of(json), socket().namespace().server().json()));
        }

        void receive(String json) {
            var event = Arguments.of(json);
            socket().dispatch(
                    new ReceivedEvent(event.name(), event, null, socket().namespace().server().json()));
        }

        void settle() throws InterruptedException {
            var done = new CountDownLatch(1);
            socket().mailbox().run("last", done::countDown);
            if (!done.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("the mailbox stands still");
            }
        }

        @Override
        public ClientConnection connection() {
            throw new IllegalStateException("a list has no connection under it");
        }

        @Override
        public TransportKind transport() {
            return TransportKind.WEBSOCKET;
        }

        @Override
        public void send(ClientSocket to, PreparedEvent event) {
            sent.add(event);
        }

        @Override
        public void ask(ClientSocket to, Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
            asked.add(reply);
        }

        @Override
        public void disconnect(ClientSocket which, boolean closeConnection) {
            disconnected.add(closeConnection);
        }
    }
}
