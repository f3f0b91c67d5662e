package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.server.NoReplyException;
import dev.parley.server.ServerOptions;
import dev.parley.server.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bound lets its last one through, and acts at one more. */
class BoundsIT {
    private TestServer server = TestServer.start(ServerOptions.builder()
            .maxJsonDepth(10)
            .maxAttachments(3)
            .maxPacketsPerPayload(5)
            .maxRoomsPerSocket(4)
            .maxPendingAcks(3)
            .maxNamespaces(5)
            .build());
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void depthOfJson(boolean webSocket) throws Exception {
        var client = client(webSocket);
        // The array of the event itself is the first level.
        client.say("42[\"inline\"," + "[".repeat(9) + "]".repeat(9) + "]");
        assertThat(client.hear()).isEqualTo("42[\"inline\"," + "[".repeat(9) + "]".repeat(9) + "]");
        client.say("42[\"inline\"," + "[".repeat(10) + "]".repeat(10) + "]");
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    /** The reference server ends here, with everybody's connections. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sessionContinuesWhenDeepJsonIsEchoed(boolean webSocket) throws Exception {
        restart(ServerOptions.builder().maxJsonDepth(50_000).build());
        server.io.sockets()
                .onConnection(
                        socket -> socket.on("parsed", event -> socket.emit("parsed", event.json(0), "end")));
        for (String bracket : new String[]{"[]", "{\"a\":}"}) {
            String open = bracket.substring(0, bracket.length() - 1);
            String deep = open.repeat(20_000) + (bracket.equals("[]") ? "" : "0")
                    + bracket.substring(bracket.length() - 1).repeat(20_000);
            var client = client(webSocket);
            client.say("42[\"inline\"," + deep + "]");
            assertThat(client.hear()).isEqualTo("42[\"inline\"," + deep + "]");
            // A handler that goes through it as a tree gets it back or fails by itself.
            client.say("42[\"parsed\"," + deep + "]");
            client.say("42[\"echo\",\"still here\"]");
            String heard = client.hear();
            assertThat(heard.contains("still here") ? heard : client.hear()).contains("still here");
        }
        assertThat(client(webSocket)).isNotNull();
    }

    /** Half an emoji, as JavaScript makes one when it cuts a text, in every place where a text can stand. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void loneSurrogatesPassInBothDirections(boolean webSocket) throws Exception {
        server.io.sockets().onConnection(socket -> socket.on("tree", event -> {
            socket.emit("tree", event.json(0), event.text(1), event.name());
            event.ack(event.json(0));
        }));
        var client = client(webSocket);
        String values = "{\"a\\ud83d\":[\"\\ude00\"]},\"\\ud83dx\"";
        client.say("421[\"tree\"," + values + "]");
        assertThat(client.hear()).isEqualTo("42[\"tree\"," + values + ",\"tree\"]");
        assertThat(client.hear()).isEqualTo("431[{\"a\\ud83d\":[\"\\ude00\"]}]");
        client.say("42[\"inline\"," + values + "]");
        assertThat(client.hear()).isEqualTo("42[\"inline\"," + values + "]");
        assertThat(server.reasons).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attachmentsOfAPacket(boolean webSocket) throws Exception {
        var client = client(webSocket);
        String placeholders = IntStream.range(0, 3)
                .mapToObj(i -> ",{\"_placeholder\":true,\"num\":" + i + "}")
                .collect(Collectors.joining());
        client.say("453-[\"inline\"" + placeholders + "]");
        for (int i = 0; i < 3; i++) {
            client.sayBinary();
        }
        assertThat(client.hear()).startsWith("453-[\"inline\"");
        client.say("454-[\"inline\"" + placeholders + "]");
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    @Test
    void packetsOfAPayload() throws Exception {
        String sid = peer.join();
        assertThat(
                peer.post(sid, String.join("\u001e", Collections.nCopies(5, "42[\"nothing\"]"))).statusCode())
                .isEqualTo(200);
        assertThat(
                peer.post(sid, String.join("\u001e", Collections.nCopies(6, "42[\"nothing\"]"))).statusCode())
                .isEqualTo(400);
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    @Test
    void roomsOfASocket() throws Exception {
        var socket = joined();
        // Its own room is one of the four.
        socket.join("a", "b");
        socket.join("a", "c");
        assertThatThrownBy(() -> socket.join("d")).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4");
        assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "a", "b", "c");
        socket.leave("a");
        socket.join("d");
        assertThat(socket.rooms()).contains("d").hasSize(4);
    }

    @Test
    void answersAwaitedFromAClient() throws Exception {
        var socket = joined();
        var waiting = IntStream.range(0, 3)
                .mapToObj(i -> socket.callAsync(Duration.ofSeconds(60), "question", i))
                .toList();
        assertThatThrownBy(() -> socket.callAsync(Duration.ofSeconds(60), "question", 3)
                .orTimeout(60, TimeUnit.SECONDS)
                .join()).isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(NoReplyException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(NoReplyException.Reason.TOO_MANY));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        socket.disconnect(true);
        assertThat(server.nextReason()).isEqualTo("server namespace disconnect");
        await().until(() -> waiting.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    }

    @Test
    void namespacesOfOneClient() throws Exception {
        restart(ServerOptions.builder().maxNamespaces(1_000).build());
        server.io.of((name, handshake) -> name.startsWith("/n"));
        var frames = peer.joinFrames();
        // The default one is the first of 64.
        for (int i = 1; i < 64; i++) {
            frames.send("40/n" + i + ",");
            assertThat(frames.next()).startsWith("40/n" + i + ",{");
        }
        frames.send("40/n64,");
        assertThat(frames.next()).isEqualTo("closed 1000");
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    @Test
    void namespacesOfTheServer() throws Exception {
        server.io.of((name, handshake) -> name.startsWith("/n"));
        var frames = peer.joinFrames();
        // The server of these tests has two already.
        for (int i = 3; i <= 5; i++) {
            frames.send("40/n" + i + ",");
            assertThat(frames.next()).startsWith("40/n" + i + ",{");
        }
        frames.send("40/n6,");
        assertThat(frames.next()).startsWith("44/n6,{\"message\":");
        frames.send("42[\"inline\",1]");
        assertThat(frames.next()).isEqualTo("42[\"inline\",1]");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bytesOfAMessage(boolean webSocket) throws Exception {
        restart(ServerOptions.builder().maxHttpBufferSize(10_000).build());
        var client = client(webSocket);
        String event = "42[\"inline\",\"" + "x".repeat(10_000 - 15) + "\"]";
        assertThat(event).hasSize(10_000);
        client.say(event);
        assertThat(client.hear()).isEqualTo(event);
        if (webSocket) {
            client.say(event.replace("\"]", "x\"]"));
            assertThat(client.hear()).isEqualTo("closed 1009");
        } else {
            try (var raw = new RawHttp(server.port())) {
                String large = event.replace("\"]", "x\"]");
                assertThat(raw.send(RawHttp.post(client.sid, large)).response().status()).isEqualTo(413);
            }
        }
    }

    private void restart(ServerOptions options) {
        stop();
        server = TestServer.start(options);
        peer = new Peer(server);
    }

    private Socket joined() throws Exception {
        peer.joinFrames();
        await().until(() -> server.io.sockets().sockets().size() == 1);
        return server.io.sockets().sockets().iterator().next();
    }

    private Client client(boolean webSocket) throws Exception {
        return webSocket ? new Client(peer.joinFrames(), "") : new Client(null, peer.join());
    }

    /** A client in the default namespace, on either transport. */
    private final class Client {
        private final Peer.@Nullable Frames frames;
        private final String sid;
        private final Queue<String> polled = new ArrayDeque<>();

        Client(Peer.@Nullable Frames frames, String sid) {
            this.frames = frames;
            this.sid = sid;
        }

        void say(String packet) throws Exception {
            if (frames != null) {
                frames.send(packet);
            } else {
                peer.post(sid, packet);
            }
        }

        void sayBinary() throws Exception {
            if (frames != null) {
                frames.sendBinary(new byte[]{1});
            } else {
                peer.post(sid, "bAQ==");
            }
        }

        /** The next packet. One poll may bring several. */
        String hear() throws Exception {
            if (frames != null) {
                return frames.next();
            }
            if (polled.isEmpty()) {
                polled.addAll(List.of(peer.poll(sid).body().split("\u001e")));
            }
            return polled.remove();
        }
    }
}
