package dev.parley.server.internal.socket;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.ClientConnection;
import dev.parley.server.Handshake;
import dev.parley.server.Reply;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.internal.handler.HandlerQueue;
import dev.parley.server.internal.json.IncomingEvent;
import dev.parley.server.internal.json.IncomingReply;
import dev.parley.server.internal.namespace.ServedNamespace;
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
public final class FakeClients {
    public final ServedNamespace namespace;
    final Map<String, Client> byId = new LinkedHashMap<>();

    public FakeClients(ServerOptions options) {
        namespace = (ServedNamespace) SocketIoServer.create(options).of("/");
    }

    public Client join(String id, String... rooms) {
        var client = new Client();
        var handshake = new Handshake(Map.of("user-agent", "test"), Map.of(), "10.0.0.1", "/socket.io/",
                Instant.EPOCH, false, null);
        client.socket = new ClientSocket(id, namespace, handshake, client,
                new HandlerQueue(HandlerQueue.Load.NONE,
                        (event, failure) -> client.failures.add(event + ": " + failure.getMessage())));
        byId.put(id, client);
        namespace.joined(client.socket);
        client.socket.join(rooms);
        return client;
    }

    /** Returns how many of an event each client has received, by id; clients with none are left out. */
    public Map<String, Integer> got(String event) {
        var got = new LinkedHashMap<String, Integer>();
        byId.forEach((id, client) -> {
            int count = (int) client.sent.stream().filter(one -> one.event().name().equals(event)).count();
            if (count > 0) {
                got.put(id, count);
            }
        });
        return got;
    }

    public static final class Client implements UnderlyingConnection {
        public final List<PreparedEvent> sent = new ArrayList<>();
        final List<CompletableFuture<Reply>> asked = new ArrayList<>();
        public final List<String> failures = new ArrayList<>();
        final List<Boolean> disconnected = new ArrayList<>();
        @Nullable ClientSocket socket;

        public ClientSocket socket() {
            if (socket == null) {
                throw new IllegalStateException("not joined");
            }
            return socket;
        }

        public List<EnginePacket> packets() {
            return sent.getLast().packets();
        }

        public void answer(String json) {
            asked.removeFirst()
                    .complete(new IncomingReply(Arguments.of(json), socket().namespace().context().json()));
        }

        public void receive(String json) {
            var event = Arguments.of(json);
            socket().dispatch(
                    new IncomingEvent(event.name(), event, null, socket().namespace().context().json()));
        }

        public void settle() throws InterruptedException {
            var done = new CountDownLatch(1);
            socket().handlerQueue().run("last", done::countDown);
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
        public void send(String to, PreparedEvent event) {
            sent.add(event);
        }

        @Override
        public void ask(String to, Arguments event, Duration timeout, CompletableFuture<Reply> reply) {
            asked.add(reply);
        }

        @Override
        public void disconnect(String which, boolean closeConnection) {
            disconnected.add(closeConnection);
        }
    }
}
