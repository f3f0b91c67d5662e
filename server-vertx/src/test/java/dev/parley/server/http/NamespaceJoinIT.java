package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.NoReplyException;
import dev.parley.server.RefusedException;
import dev.parley.server.Reply;
import dev.parley.server.ServerListener;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joining a namespace: clients that the application refuses, failures of the application, and namespaces created by rule. */
@Tag("real-time")
class NamespaceJoinIT {
    private static final String FAILED = "{\"message\":\"Internal error\"}";
    private static final ServerOptions OPTIONS = ServerOptions.builder()
            .ackTimeout(Duration.ofMillis(200))
            .allowEIO3(true)
            .build();
    private final Queue<ServerListener.ConnectFailure> failures = new ConcurrentLinkedQueue<>();
    private TestServer server = start(OPTIONS);
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void deliversWhatMiddlewareEmitsAfterConnect() throws Exception {
        var asked = new CompletableFuture<CompletableFuture<Reply>>();
        server.io.use(socket -> {
            socket.emit("first", 1);
            asked.complete(socket.callAsync(Duration.ofSeconds(50), "question"));
            socket.emit("second", 2);
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40");
        assertThat(frames.next()).startsWith("40{");
        assertThat(frames.next()).isEqualTo("42[\"first\",1]");
        assertThat(frames.next()).isEqualTo("420[\"question\"]");
        assertThat(frames.next()).isEqualTo("42[\"second\",2]");
        frames.send("430[\"answer\"]");
        assertThat(asked.join().get(60, TimeUnit.SECONDS).text(0)).isEqualTo("answer");
    }

    @Test
    void refusesABlockingCallInMiddlewareWithTheWayOut() throws Exception {
        var failure = new LinkedBlockingQueue<String>();
        server.io.use(socket -> {
            try {
                socket.call(Duration.ofSeconds(50), "question");
            } catch (IllegalStateException e) {
                failure.add(String.valueOf(e.getMessage()));
            }
        });
        peer.joinFrames();
        assertThat(failure.poll(60, TimeUnit.SECONDS)).contains("callAsync");
    }

    @Test
    void dropsWhatMiddlewareEmitsToAClientThatIsRefused() throws Exception {
        server.io.use(socket -> {
            socket.emit("first", 1);
            throw new RefusedException("no");
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40");
        assertThat(frames.next()).startsWith("44{");
        frames.send("40");
        assertThat(frames.next()).startsWith("44{");
    }

    @Test
    void refusesAClientForWhomMiddlewareEmitsTooMuch() throws Exception {
        restart(ServerOptions.builder().maxQueuedBytes(10_000).build());
        server.io.use(socket -> {
            for (int i = 0; i < 30; i++) {
                socket.emit("much", "x".repeat(1_000));
            }
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40");
        assertThat(frames.next()).isEqualTo("44" + FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOREVER", "ZERO", "NEGATIVE"})
    void acceptsTimeoutsOfAnyLength(String length) throws Exception {
        var timeout = switch (length) {
            case "FOREVER" -> ChronoUnit.FOREVER.getDuration();
            case "ZERO" -> Duration.ZERO;
            default -> Duration.ofSeconds(-1);
        };
        boolean late = !length.equals("FOREVER");
        var outcomes = new LinkedBlockingQueue<String>();
        server.io.onConnection(socket -> socket.on("ask-long", event -> {
            try {
                outcomes.add(socket.call(timeout, "question").text(0));
            } catch (NoReplyException e) {
                outcomes.add(e.reason().name());
            }
            outcomes.add("broadcast " + server.io.call(timeout, "question").complete());
        }));
        var frames = peer.joinFrames();
        frames.send("42[\"ask-long\",1]");
        assertThat(frames.next()).startsWith("420[");
        if (!late) {
            frames.send("430[\"yes\"]");
        }
        assertThat(frames.next()).startsWith("421[");
        if (!late) {
            frames.send("431[\"yes\"]");
        }
        assertThat(outcomes.poll(60, TimeUnit.SECONDS)).isEqualTo(late ? "TIMEOUT" : "yes");
        assertThat(outcomes.poll(60, TimeUnit.SECONDS)).isEqualTo("broadcast " + !late);
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @Test
    void acceptsOptionsOfAnyLength() throws Exception {
        var forever = ChronoUnit.FOREVER.getDuration();
        restart(ServerOptions.builder()
                .pingInterval(forever)
                .pingTimeout(forever)
                .upgradeTimeout(forever)
                .connectTimeout(forever)
                .ackTimeout(forever)
                .slowHandler(forever)
                .sendTimeout(forever)
                .connectionStateRecovery(RecoveryOptions.within(forever))
                .build());
        assertThat(peer.send("GET", "?" + Peer.POLLING, "").body())
                .contains("\"pingInterval\":1000000000,\"pingTimeout\":1000000000");
        var frames = peer.joinFrames();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).startsWith("42[\"inline\",1");
    }

    @Test
    void tellsAClientThatTheRuleFailed() throws Exception {
        server.io.of((name, handshake) -> {
            throw new IllegalStateException("a secret");
        });
        var frames = peer.joinFrames();
        frames.send("40/any,");
        assertThat(frames.next()).isEqualTo("44/any," + FAILED);
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    /** An application that registers its handlers by name, in the place where it is told the name. */
    @Test
    void letsTheApplicationLookUpNamespacesWhileOneIsMade() throws Exception {
        BlockingQueue<String> joined = new LinkedBlockingQueue<>();
        server.io.of((name, handshake) -> name.startsWith("/n"));
        server.io.onNamespace(namespace -> {
            if (namespace.name().startsWith("/n")) {
                server.io.of(namespace.name()).onConnection(socket -> joined.add(socket.namespace().name()));
                server.io.of("/side" + namespace.name()).emit("made");
            }
        });
        var frames = peer.joinFrames();
        frames.send("40/n1,");
        assertThat(frames.next()).startsWith("40/n1,{");
        assertThat(joined.poll(60, TimeUnit.SECONDS)).isEqualTo("/n1");
    }

    /** The application may speak to a namespace before the first client comes, and must not open it to everyone by that. */
    @Test
    void keepsTheFamilysMiddlewareWhoeverAsksForANamespaceFirst() throws Exception {
        BlockingQueue<String> joined = new LinkedBlockingQueue<>();
        var family = server.io.of(Pattern.compile("/tenant-\\d+")).use(socket -> {
            if (socket.handshake().credentials().isEmpty()) {
                throw new RefusedException("not you");
            }
        }).onConnection(socket -> joined.add(socket.namespace().name()));
        server.io.of("/tenant-7").emit("news");
        assertThat(family.children()).containsExactly(server.io.of("tenant-7"));
        var frames = peer.joinFrames();
        frames.send("40/tenant-7,");
        assertThat(frames.next()).isEqualTo("44/tenant-7,{\"message\":\"not you\"}");
        frames.send("40/tenant-7,{\"token\":1}");
        assertThat(frames.next()).startsWith("40/tenant-7,{");
        assertThat(joined.poll(60, TimeUnit.SECONDS)).isEqualTo("/tenant-7");
    }

    /** The default namespace is no way station. */
    @Test
    void joinsOnlyTheRequestedNamespace() throws Exception {
        BlockingQueue<String> joined = new LinkedBlockingQueue<>();
        server.io.onConnection(socket -> joined.add("/"));
        server.io.of("/room").onConnection(socket -> joined.add("/room"));
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40/nowhere,");
        assertThat(frames.next()).isEqualTo("44/nowhere,{\"message\":\"Invalid namespace\"}");
        frames.send("40/room,");
        assertThat(frames.next()).startsWith("40/room,{");
        assertThat(joined.poll(60, TimeUnit.SECONDS)).isEqualTo("/room");
        assertThat(joined).isEmpty();
        assertThat(server.io.sockets().sockets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Peer.WEBSOCKET, "EIO=3&transport=websocket"})
    void endsASessionWhoseJoinsAreAllRefused(String query) throws Exception {
        giveToJoin(Duration.ofSeconds(2));
        server.io.use(socket -> {
            throw new RefusedException("no");
        });
        var frames = peer.frames(query);
        frames.next();
        if (query.equals(Peer.WEBSOCKET)) {
            frames.send("40");
        }
        assertThat(frames.next()).startsWith("44");
        assertThat(frames.next()).isEqualTo("closed 1000");
        assertThat(server.nextNews()).isEqualTo("opened websocket");
        assertThat(server.nextNews()).isEqualTo("closed websocket: forced server close");
        assertThat(failures).containsExactly(ServerListener.ConnectFailure.AUTH);
    }

    @Test
    void reportsATimeoutWhenNoNamespaceIsRequested() throws Exception {
        giveToJoin(Duration.ofMillis(200));
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        assertThat(frames.next()).isEqualTo("closed 1000");
        assertThat(failures).containsExactly(ServerListener.ConnectFailure.TIMEOUT);
    }

    @Test
    void tellsATimeoutOnceWhileTheApplicationStillDecides() throws Exception {
        giveToJoin(Duration.ofSeconds(2));
        var decided = new CountDownLatch(1);
        server.io.use(socket -> {
            decided.await(60, TimeUnit.SECONDS);
            throw new RefusedException("too late");
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40");
        assertThat(frames.next()).isEqualTo("closed 1000");
        decided.countDown();
        server.io.of("/after").onConnection(socket -> {});
        var others = peer.frames(Peer.WEBSOCKET);
        others.next();
        others.send("40/after,");
        assertThat(others.next()).startsWith("40/after,{");
        assertThat(failures).containsExactly(ServerListener.ConnectFailure.TIMEOUT);
    }

    /** It broke the protocol, which is no timeout. */
    @Test
    void eventBeforeJoiningIsNoTimeout() throws Exception {
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("closed 1000");
        server.nextNews();
        assertThat(server.nextNews()).isEqualTo("closed websocket: forced server close");
        assertThat(failures).isEmpty();
    }

    @Test
    void waitsForAnswersAsLongAsTheServerIsTold() throws Exception {
        BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
        server.io.of("/room").onConnection(socket -> {
            var unused = socket.callAsync(Duration.ofMillis(200), "question")
                    .whenComplete(
                            (reply, failure) -> outcomes.add(((NoReplyException) failure).reason().name()));
            outcomes.add("asked " + socket.namespace().to(socket.id()).call("question").complete());
        });
        var frames = peer.joinFrames();
        frames.send("40/room,");
        assertThat(List.of(outcomes.poll(60, TimeUnit.SECONDS), outcomes.poll(60, TimeUnit.SECONDS)))
                .containsExactlyInAnyOrder("asked false", "TIMEOUT");
    }

    /** Another server, on which clients have this long to join a namespace. */
    private void giveToJoin(Duration time) {
        stop();
        server = start(OPTIONS.toBuilder().connectTimeout(time).build());
        peer = new Peer(server);
    }

    private void restart(ServerOptions options) {
        stop();
        server = start(options);
        peer = new Peer(server);
    }

    private TestServer start(ServerOptions options) {
        var started = TestServer.start(options);
        started.io.addListener(new ServerListener() {
            @Override
            public void notConnected(String connection, ConnectFailure why) {
                failures.add(why);
            }
        });
        return started;
    }
}
