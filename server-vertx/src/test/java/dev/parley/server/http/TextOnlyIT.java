package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import dev.parley.server.http.websocket.FrameVectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engine.IO 4 with {@code forceBase64: true}: bytes as base64 in text, on WebSocket too. */
class TextOnlyIT {
    private static final String EVENT = "451-[\"echo\",{\"_placeholder\":true,\"num\":0}]";
    private TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());
    private Peer peer = new Peer(server);

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    @Test
    void answersInKindOnWebSocket() throws Exception {
        var frames = joined(Peer.WEBSOCKET + "&b64=1");
        frames.send(EVENT);
        frames.send("bAQID");
        assertThat(frames.next()).isEqualTo(EVENT);
        assertThat(frames.next()).isEqualTo("bAQID");
        // Whatever the client says: bytes as they are it cannot take.
        frames.send(EVENT);
        frames.sendBinary(new byte[]{1, 2, 3});
        assertThat(frames.next()).isEqualTo(EVENT);
        assertThat(frames.next()).isEqualTo("bAQID");
    }

    @Test
    void acceptsItAlsoUnasked() throws Exception {
        var frames = joined(Peer.WEBSOCKET);
        frames.send(EVENT);
        frames.send("bAQID");
        assertThat(frames.next()).isEqualTo(EVENT);
        assertThat(frames.next()).isEqualTo("binary 3");
    }

    /** The parameter may be on both requests or on one of them. */
    @ParameterizedTest
    @CsvSource({"&b64=1,&b64=1", "&b64=1,''", "'',&b64=1"})
    void answersInKindAfterAnUpgrade(String handshake, String upgrade) throws Exception {
        String body = peer.send("GET", "?" + Peer.POLLING + handshake, "").body();
        String sid = body.substring(9, body.indexOf('"', 9));
        peer.post(sid, "40");
        peer.poll(sid);
        peer.post(sid, EVENT + "\u001ebAQID");
        assertThat(both(sid)).isEqualTo(EVENT + "\u001ebAQID");
        var frames = peer.frames(Peer.WEBSOCKET + upgrade + "&sid=" + sid);
        frames.send("2probe");
        assertThat(frames.next()).isEqualTo("3probe");
        frames.send("5");
        frames.send(EVENT);
        frames.send("bAQID");
        assertThat(frames.next()).isEqualTo(EVENT);
        assertThat(frames.next()).isEqualTo("bAQID");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachReceiverOfABroadcastHearsItInItsKind(boolean compressed) throws Exception {
        if (compressed) {
            stop();
            server = TestServer.start(ServerOptions.builder().allowEIO3(true).build(),
                    HttpOptions.builder().perMessageDeflate(0).build());
            peer = new Peer(server);
        }
        String extension = "Sec-WebSocket-Extensions: permessage-deflate";
        var plain = joined(Peer.WEBSOCKET);
        try (var text = new RawWebSocket(server.port(), Peer.WEBSOCKET + "&b64=1");
                var small = new RawWebSocket(server.port(), Peer.WEBSOCKET + "&b64=1", extension)) {
            for (var client : new RawWebSocket[]{text, small}) {
                client.next();
                client.send("text:'40'");
                client.next();
            }
            var old = peer.frames("EIO=3&transport=websocket&b64=1");
            old.next();
            old.next();
            for (int i = 0; i < 3; i++) {
                server.io.emit("news", (Object) new byte[]{1, 2, 3});
            }
            String event = "451-[\"news\",{\"_placeholder\":true,\"num\":0}]";
            for (int i = 0; i < 3; i++) {
                assertThat(plain.next()).isEqualTo(event);
                assertThat(plain.next()).isEqualTo("binary 3");
                assertThat(old.next()).isEqualTo(event);
                assertThat(old.next()).isEqualTo("b4AQID");
                assertThat(text.next()).isEqualTo(FrameVectors.expected("text:'" + event + "'").getFirst());
                assertThat(text.next()).isEqualTo(FrameVectors.expected("text:'bAQID'").getFirst());
                assertThat(small.next()).isEqualTo(FrameVectors.expected("text:'" + event + "'").getFirst());
                assertThat(small.next()).isEqualTo(FrameVectors.expected("text:'bAQID'").getFirst());
            }
        }
    }

    @Test
    void endsOnWhatIsNoBase64() throws Exception {
        var frames = joined(Peer.WEBSOCKET + "&b64=1");
        frames.send("b!!");
        assertThat(server.nextReason()).isEqualTo("parse error");
    }

    /** The echo may come in two answers. */
    private String both(String sid) throws Exception {
        String first = peer.poll(sid).body();
        return first.contains("\u001e") ? first : first + "\u001e" + peer.poll(sid).body();
    }

    private Peer.Frames joined(String query) throws Exception {
        var frames = peer.frames(query);
        frames.next();
        frames.send("40");
        frames.next();
        return frames;
    }
}
