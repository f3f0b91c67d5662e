package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The application's code runs where it may block, except for what asked to run on the event loop. */
class HandlerThreadsIT {
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final TestServer server = TestServer.start(ServerOptions.defaults(),
            HttpOptions.builder().allowRequest(handshake -> {
                note("admission");
                return Optional.empty();
            }).build());
    private final Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void runsEveryHandlerOnAVirtualThread() throws Exception {
        server.io.of(Pattern.compile("/threads-\\d"))
                .use(socket -> note("middleware"))
                .onConnection(this::serve);
        server.io.of((name, handshake) -> {
            note("rule");
            return false;
        });
        String sid = peer.handshake();
        expect("admission virtual");
        peer.post(sid, "40/threads-1,");
        expect("middleware virtual");
        expect("connection virtual");
        assertThat(peer.poll(sid).body()).startsWith("40/threads-1,");
        peer.post(sid, "40/other,");
        expect("rule virtual");
        assertThat(peer.poll(sid).body()).startsWith("44/other,");
        peer.post(sid, "42/threads-1,[\"e\"]");
        expect("filter virtual");
        expect("any virtual");
        expect("on virtual");
        expect("once virtual");
        peer.post(sid, "42/threads-1,[\"fail\"]");
        expect("filter virtual");
        expect("any virtual");
        expect("error virtual");
        peer.post(sid, "42/threads-1,[\"ask\"]");
        expect("filter virtual");
        expect("any virtual");
        assertThat(peer.poll(sid).body()).isEqualTo("42/threads-1,0[\"question\"]");
        peer.post(sid, "43/threads-1,0[1]");
        expect("ack virtual");
        var frames = peer.frames(Peer.WEBSOCKET + "&sid=" + sid);
        frames.send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        frames.send("5");
        expect("upgrade to websocket virtual");
        frames.send("41/threads-1,");
        expect("disconnecting virtual");
        expect("disconnect virtual");
        assertThat(seen).isEmpty();
    }

    @Test
    void runsWhatIsInlineOnTheEventLoop() throws Exception {
        server.io.of("/inline").onConnection(socket -> socket.onInline("e", event -> note("inline")));
        var frames = peer.frames(Peer.WEBSOCKET);
        expect("admission virtual");
        frames.next();
        frames.send("40/inline,");
        assertThat(frames.next()).startsWith("40/inline,");
        frames.send("42/inline,[\"e\"]");
        expect("inline event loop");
    }

    /** A reply is no handler's turn: it completes the call on the loop, before what the client sent after it. */
    @Test
    void completesCallsOnTheLoopInTheOrderOfPackets() throws Exception {
        server.io.of("/inline").onConnection(socket -> {
            socket.onInline("e", event -> note("inline"));
            var unused = socket.callAsync(Duration.ofSeconds(60), "question")
                    .thenAccept(reply -> note("reply"));
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        expect("admission virtual");
        frames.next();
        frames.send("40/inline,");
        assertThat(frames.next()).startsWith("40/inline,");
        assertThat(frames.next()).isEqualTo("42/inline,0[\"question\"]");
        // Events wait for the end of the connection handler, replies do not: from the first event on both run as they come.
        frames.send("42/inline,[\"e\"]");
        expect("inline event loop");
        frames.send("43/inline,0[1]");
        frames.send("42/inline,[\"e\"]");
        expect("reply event loop");
        expect("inline event loop");
    }

    /** There is nothing to move to. */
    @Test
    void tellsNoUpgradeOfASessionThatBeganWithAWebSocket() throws Exception {
        server.io.of("/threads-2").onConnection(this::serve);
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40/threads-2,");
        assertThat(frames.next()).startsWith("40/threads-2,");
        frames.send("42/threads-2,[\"e\"]");
        frames.send("41/threads-2,");
        for (String each : List.of("admission", "connection", "filter", "any", "on", "once", "disconnecting",
                "disconnect")) {
            expect(each + " virtual");
        }
    }

    private void serve(Socket socket) {
        note("connection");
        socket.use(event -> {
            note("filter");
            return true;
        });
        socket.onAny((name, event) -> note("any"));
        socket.on("e", event -> note("on"));
        socket.once("e", event -> note("once"));
        socket.on("fail", event -> {
            throw new IllegalStateException("as asked");
        });
        socket.on("ask", event -> {
            socket.call(Duration.ofSeconds(60), "question");
            note("ack");
        });
        socket.onError((event, failure) -> note("error"));
        socket.onTransportUpgrade(transport -> note("upgrade to " + transport));
        socket.onDisconnecting(reason -> note("disconnecting"));
        socket.onDisconnect(reason -> note("disconnect"));
    }

    private void note(String what) {
        String where = Context.isOnEventLoopThread() ? " event loop" : " platform";
        seen.add(what + (Thread.currentThread().isVirtual() ? " virtual" : where));
    }

    private void expect(String what) throws InterruptedException {
        assertThat(seen.poll(60, TimeUnit.SECONDS)).isEqualTo(what);
    }
}
