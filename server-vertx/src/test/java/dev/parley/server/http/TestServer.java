package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A server on a port of its own, whose application does what the tests' peers ask, and which remembers what its listener was told. */
final class TestServer implements AutoCloseable {
    static final int COUNT = 2_000;
    /** A free port, and the same for all who ask for this one. */
    private static final int SHARED = -1;

    static {
        // A busy machine is slow, not wrong.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    final SocketIoServer io;
    final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    /** Opened when the test ends: handlers of {@code block} wait here. */
    final CountDownLatch gate = new CountDownLatch(1);
    /** How many of them wait or have waited. */
    final AtomicInteger blocked = new AtomicInteger();
    /** The connections that were opened, so that a test can look at what waits in them. */
    final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final @Nullable ByteBufAllocator buffers;
    private final int port;

    private TestServer(ServerOptions options, HttpOptions http, @Nullable ByteBufAllocator buffers) {
        this.buffers = buffers;
        io = SocketIoServer.create(options).addListener(new Recorder());
        io.of("/").onConnection(this::serve);
        io.of("/room").onConnection(socket -> {
            socket.on("leave-me", event -> socket.disconnect(false));
            socket.on("credentials", event -> event
                    .ack(socket.handshake().credentials().orElseThrow().path("token").asString()));
        });
        var handler = SocketIoHttp.handler(io, http);
        // Two event loops, so that a session's requests arrive on another one than its own now and then.
        listen(handler, http);
        port = listen(handler, http);
    }

    private int listen(Handler<HttpServerRequest> handler, HttpOptions http) {
        var listening = new AtomicInteger();
        vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                return vertx.createHttpServer(SocketIoHttp.serverOptions(http))
                        .connectionHandler(connection -> {
                            connection.exceptionHandler(SocketIoHttp.connectionFaults());
                            // Not so for HTTP/2, which some clients ask for first.
                            if (connection instanceof VertxConnection one) {
                                channels.add(one.channel());
                                if (buffers != null) {
                                    one.channel().config().setAllocator(buffers);
                                }
                            }
                        })
                        .requestHandler(handler)
                        .listen(SHARED, "127.0.0.1")
                        .onSuccess(server -> listening.set(server.actualPort()));
            }
        }).toCompletionStage().toCompletableFuture().join();
        return listening.get();
    }

    static TestServer start() {
        return start(ServerOptions.defaults());
    }

    static TestServer start(ServerOptions options) {
        return start(options, HttpOptions.defaults());
    }

    static TestServer start(ServerOptions options, HttpOptions http) {
        return new TestServer(options, http, null);
    }

    /** One whose connections take their buffers from there. */
    static TestServer start(ServerOptions options, HttpOptions http, ByteBufAllocator buffers) {
        return new TestServer(options, http, buffers);
    }

    int port() {
        return port;
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** The next thing the listener was told; fails the test when nothing comes. */
    String nextNews() throws InterruptedException {
        return String.valueOf(news.poll(60, TimeUnit.SECONDS));
    }

    /** Bytes that the server has written and the network has not taken, of the connection that has most of them. */
    long unsent() {
        long most = 0;
        for (Channel channel : channels) {
            var buffer = channel.unsafe().outboundBuffer();
            most = Math.max(most, buffer == null ? 0 : buffer.totalPendingWriteBytes());
        }
        return most;
    }

    /** Waits until the loops have done what they were given before, and what they gave themselves by that. */
    void settle() throws InterruptedException {
        for (int i = 0; i < 2; i++) {
            for (Channel channel : channels) {
                assertThat(channel.eventLoop().submit(() -> {}).await(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    String nextReason() throws InterruptedException {
        return String.valueOf(reasons.poll(60, TimeUnit.SECONDS));
    }

    @Override
    public void close() {
        gate.countDown();
        io.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void serve(Socket socket) {
        var counter = new int[2];
        socket.on("up", event -> counter[1] += event.json(0).asInt() == counter[0]++ ? 0 : 1);
        socket.on("up-report", event -> {
            event.ack(Map.of("count", counter[0], "inOrder", counter[1] == 0));
            counter[0] = 0;
        });
        socket.on("burst", event -> {
            for (int i = 0; i < event.json(0).asInt(); i++) {
                socket.emit("burst", i);
            }
        });
        socket.on("transport", event -> event.ack(socket.transport()));
        socket.on("echo", event -> socket.emitRaw(event.arguments()));
        socket.onInline("inline", event -> socket.emitRaw(event.arguments()));
        socket.on("ack", event -> event.ack(List.of(event.json(0), event.json(1))));
        socket.on("ask", event -> {
            var reply = socket.call(Duration.ofSeconds(10), "question", event.text(0));
            event.ack(reply.text(0));
        });
        socket.on("make-binary", event -> event.ack((Object) filled(event.json(0).asInt())));
        socket.on("ask-binary", event -> {
            var reply = socket.call(Duration.ofSeconds(10), "binary-question", filled(300_000));
            boolean same = Arrays.equals(reply.bytes(0).orElseThrow(), filled(300_000));
            event.ack(reply.bytes(0).get().length + (same ? " the same" : " changed"));
        });
        socket.on("throw", event -> {
            throw new IllegalStateException("as asked");
        });
        socket.on("block", event -> {
            blocked.incrementAndGet();
            gate.await(60, TimeUnit.SECONDS);
        });
        socket.on("end-me", event -> socket.disconnect(true));
        sockets.add(socket);
        socket.on("tell-all", event -> sockets.forEach(
                other -> other.emit("told", event.json(0), event.text(1), event.bytes(2).orElseThrow())));
        socket.onDisconnect(reason -> {
            sockets.remove(socket);
            reasons.add(reason);
        });
        if (token(socket).equals("abc")) {
            Thread.ofVirtual().start(() -> countDown(socket));
        }
    }

    /** Of the credentials, or of the query for those who cannot send any. */
    private static String token(Socket socket) {
        return socket.handshake()
                .credentials()
                .map(auth -> auth.path("token").asString(""))
                .or(() -> socket.handshake().parameter("token"))
                .orElse("");
    }

    private static void countDown(Socket socket) {
        for (int i = 0; i < COUNT; i++) {
            socket.emit("down", i);
            if (i % 20 == 0) {
                // Spread over the time of the upgrade; nothing waits on this pause.
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 8));
        }
        return bytes;
    }

    private final class Recorder implements ServerListener {
        @Override
        public void opened(String connection, TransportKind transport, Handshake handshake) {
            news.add("opened " + transport.text());
        }

        @Override
        public void upgraded(String connection, Duration took) {
            news.add("upgraded");
        }

        @Override
        public void closed(String connection, TransportKind transport, CloseReason reason,
                Duration lifetime) {
            news.add("closed " + transport.text() + ": " + reason.text());
        }

        @Override
        public void refused(Refusal refusal) {
            news.add("refused " + refusal.error().code() + ": " + refusal.why());
        }

        @Override
        public void handlerFailed(String socketId, String event, Throwable failure) {
            news.add("failed " + event + ": " + failure.getMessage());
        }
    }
}
