package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.NoReplyException;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Socket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that wait are refused where waiting would stand in the way of every other client, and work everywhere else. */
@Tag("real-time")
class BlockingCallsIT {
    private static final Duration SOON = Duration.ofMillis(50);
    private final TestServer server = TestServer.start();
    private final Peer peer = new Peer(server);
    private final BlockingQueue<Map<String, String>> outcomes = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void refusesToWaitOnAnEventLoopBeforeAnythingIsSent() throws Exception {
        var frames = begin();
        frames.send("42/calls,[\"inline\"]");
        var refused = outcomes.poll(60, TimeUnit.SECONDS);
        assertThat(refused).isNotNull().hasSize(7);
        assertThat(refused.values()).containsOnly("IllegalStateException: an event loop must not wait: use "
                + "the form of the call whose name ends in Async");
        frames.send("42/calls,[\"plain\"]");
        var allowed = outcomes.poll(60, TimeUnit.SECONDS);
        assertThat(allowed).isNotNull().hasSize(7);
        assertThat(allowed.values()).containsOnly("waited");
    }

    private Peer.Frames begin() throws Exception {
        server.io.of("/calls").onConnection(socket -> {
            var remote = socket.namespace().to(socket.id()).fetchSockets().getFirst();
            socket.onInline("inline", event -> outcomes.add(all(socket, remote)));
            socket.on("plain", event -> outcomes.add(all(socket, remote)));
        });
        var frames = peer.frames(Peer.WEBSOCKET);
        frames.next();
        frames.send("40/calls,");
        frames.next();
        return frames;
    }

    private Map<String, String> all(Socket socket, RemoteSocket remote) {
        var calls = new LinkedHashMap<String, String>();
        calls.put("socket", outcome(() -> socket.call(SOON, "e")));
        calls.put("remote", outcome(() -> remote.call(SOON, "e")));
        calls.put("room", outcome(() -> socket.namespace().to(socket.id()).call(SOON, "e")));
        calls.put("room by default",
                outcome(() -> socket.namespace().to(socket.id()).timeout(SOON).call("e")));
        calls.put("server", outcome(() -> server.io.call(SOON, "e")));
        calls.put("other servers", outcome(() -> server.io.serverSideCall(SOON, "e")));
        calls.put("fetch", outcome(() -> server.io.fetchSockets()));
        return calls;
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "waited";
        } catch (NoReplyException e) {
            return "waited";
        } catch (IllegalStateException e) {
            return "IllegalStateException: " + e.getMessage();
        }
    }
}
