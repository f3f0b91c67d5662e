package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.TransportKind;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets that a client may not send, on both transports: each ends its session with a reason, and nothing else. */
class FaultsIT {
    private static final String PLACEHOLDER = "451-[\"inline\",{\"_placeholder\":true,\"num\":0}]";
    private final TestServer server = TestServer.start();
    private final Peer peer = new Peer(server);
    private Peer.@Nullable Frames frames;
    private String sid = "";

    @AfterEach
    void stop() {
        peer.close();
        server.close();
    }

    static Stream<Arguments> noPackets() {
        return onBoth("x", "9", "4\u001e", "b!!", "2", "1more");
    }

    @ParameterizedTest
    @MethodSource("noPackets")
    void whatIsNoPacket(TransportKind transport, String body) throws Exception {
        join(transport);
        say(body);
        assertThat(server.nextReason()).isIn("parse error", "transport error");
        hasEnded();
    }

    static Stream<Arguments> noSocketPackets() {
        return onBoth("4", "4x", "42", "42{}", "42[]", "42[{}]", "42[\"a\"", "42[\"a\"]]",
                "451-[\"a\",{\"_placeholder\":true,\"num\":1}]", "4599-[\"a\"]", "45x-[\"a\"]", "44{}", "41x",
                "42[\"connect\"]", "42[\"disconnect\",1]",
                "42[\"echo\"," + "[".repeat(20_000) + "]".repeat(20_000) + "]");
    }

    @ParameterizedTest
    @MethodSource("noSocketPackets")
    void whatIsNoSocketPacket(TransportKind transport, String body) throws Exception {
        join(transport);
        say(body);
        assertThat(server.nextReason()).isEqualTo("parse error");
        hasEnded();
    }

    /** Socket.IO 5, "Packet encoding": attachments follow their packet at once, and there is no other binary. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void anAttachmentThatBelongsToNothing(TransportKind transport) throws Exception {
        join(transport);
        sayBinary();
        assertThat(server.nextReason()).isEqualTo("parse error");
        hasEnded();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void textWhereAnAttachmentIsDue(TransportKind transport) throws Exception {
        join(transport);
        say(PLACEHOLDER);
        say("42[\"inline\"]");
        assertThat(server.nextReason()).isEqualTo("parse error");
        hasEnded();
    }

    /** Socket.IO 5, "Connection to a namespace": nothing is said in one before it was joined. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void anEventBeforeTheNamespaceIsJoined(TransportKind transport) throws Exception {
        begin(transport);
        say("42[\"inline\",1]");
        assertThat(server.nextNews()).isEqualTo("opened " + transport.text());
        assertThat(server.nextNews()).isEqualTo("closed " + transport.text() + ": forced server close");
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void anEventInANamespaceThatWasNotJoined(TransportKind transport) throws Exception {
        join(transport);
        say("42/room,[\"inline\",1]");
        assertThat(server.nextReason()).isEqualTo("forced server close");
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void repeatedConnectIsIgnored(TransportKind transport) throws Exception {
        join(transport);
        say("40");
        say("42[\"echo\",1]");
        assertThat(frames == null ? peer.poll(sid).body() : frames.next()).isEqualTo("42[\"echo\",1]");
        assertThat(server.io.sockets().sockets()).hasSize(1);
    }

    private static Stream<Arguments> onBoth(String... bodies) {
        return Stream.of(TransportKind.values())
                .flatMap(transport -> List.of(bodies).stream().map(body -> Arguments.of(transport, body)));
    }

    private void begin(TransportKind transport) throws Exception {
        if (transport == TransportKind.WEBSOCKET) {
            frames = peer.frames(Peer.WEBSOCKET);
            frames.next();
        } else {
            sid = peer.handshake();
        }
    }

    private void join(TransportKind transport) throws Exception {
        begin(transport);
        say("40");
        assertThat(frames == null ? peer.poll(sid).body() : frames.next()).startsWith("40{");
    }

    private void say(String packets) throws Exception {
        if (frames == null) {
            peer.post(sid, packets);
        } else {
            frames.send(packets);
        }
    }

    private void sayBinary() throws Exception {
        if (frames == null) {
            peer.post(sid, "bAQ==");
        } else {
            frames.sendBinary(new byte[]{1});
        }
    }

    private void hasEnded() throws Exception {
        if (frames == null) {
            // The goodbye, where it waits for a poll.
            assertThat(peer.poll(sid).body()).isIn("1", "{\"code\":1,\"message\":\"Session ID unknown\"}");
            assertThat(peer.post(sid, "42[\"inline\",1]").statusCode()).isEqualTo(400);
        } else {
            assertThat(frames.next()).isEqualTo("closed 1000");
        }
        assertThat(server.io.sockets().sockets()).isEmpty();
    }
}
