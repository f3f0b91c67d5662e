package dev.parley.doctor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.socket.SocketEncoder;
import dev.parley.protocol.socket.SocketPacket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketCodecTest {
    private static final PacketCodec V3 = new PacketCodec(EngineRevision.V3);
    private static final PacketCodec V4 = new PacketCodec(EngineRevision.V4);
    private static final String PACKET = "0{\"sid\":\"abc\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":60000}";

    @Test
    void revision4IsRead() {
        byte[] body = utf8(PACKET);
        assertThat(V4.handshake(body).orElseThrow().upgrades()).isEqualTo(List.of("websocket"));
        assertThat(PacketCodec.anyHandshake(body).map(EngineHandshake::sid)).hasValue("abc");
        assertThat(V3.handshake(body)).isEmpty();
    }

    @Test
    void bothFormsOfRevision3AreRead() {
        byte[] text = utf8(PACKET.length() + ":" + PACKET + "2:40");
        assertThat(V3.handshake(text).orElseThrow().sid()).isEqualTo("abc");
        assertThat(V4.handshake(text)).isEmpty();
        assertThat(PacketCodec.anyHandshake(text)).isPresent();
        byte[] binary = binary();
        assertThat(V3.handshake(binary).orElseThrow().sid()).isEqualTo("abc");
        assertThat(V4.handshake(binary)).isEmpty();
        assertThat(PacketCodec.anyHandshake(binary)).isPresent();
    }

    @Test
    void otherBodiesAreNoHandshake() {
        for (String other : List.of("", "<html>", "0", "0{", "0[]", "{\"code\":0}", "0{\"sid\":\"\"}",
                "4hello")) {
            assertThat(PacketCodec.anyHandshake(utf8(other))).isEmpty();
            assertThat(V4.handshake(new Frame.Text(other))).isEmpty();
        }
        assertThat(V4.handshake(new Frame.Text(PACKET))).isPresent();
    }

    @Test
    void binaryFramesDifferBetweenRevisions() {
        var frame = new Frame.Binary(new byte[]{4, 7});
        assertThat(((EnginePacket.Binary) V3.frame(frame).orElseThrow()).data()).containsExactly(7);
        assertThat(((EnginePacket.Binary) V4.frame(frame).orElseThrow()).data()).containsExactly(4, 7);
        assertThat(V3.frame(new Frame.Binary(new byte[]{7}))).isEmpty();
    }

    /** The texts on the wire are fixed: servers have always received these from the doctor. */
    @Test
    void messagesOfTheDoctorHaveTheirTexts() {
        assertThat(texts(EchoMessages.request(5))).containsExactly("40/parley-doctor-nobody-5,");
        assertThat(texts(EchoMessages.request(0, "padding", "xx")))
                .containsExactly("40/parley-doctor-nobody-0,{\"padding\":\"xx\"}");
        assertThat(texts(EchoMessages.binary(new byte[]{1})))
                .containsExactly("451-/parley-doctor,1[\"echo\",{\"_placeholder\":true,\"num\":0}]", "bAQ==");
    }

    @Test
    void recognisesAnswersToItsMessages() {
        for (String answer : List.of("40/parley-doctor-nobody-12,{\"sid\":\"x\"}",
                "44/parley-doctor-nobody-12,{\"message\":\"Invalid namespace\"}",
                "44/parley-doctor-nobody-12,\"Invalid namespace\"", "43/parley-doctor,12[\"AAAA\"]")) {
            assertThat(EchoMessages.answeredNumber(EngineCodec.decode(answer))).as(answer).hasValue(12);
        }
        for (String other : List.of("40/parley-doctor,{\"sid\":\"x\"}", "42[\"a\"]", "43/chat,12[]", "4x",
                "44/parley-doctor-nobody-x,\"a\"")) {
            assertThat(EchoMessages.answeredNumber(EngineCodec.decode(other))).as(other).isEmpty();
        }
    }

    private static List<String> texts(SocketPacket packet) {
        var texts = new ArrayList<String>();
        SocketEncoder.encode(packet).forEach(one -> texts.add(EngineCodec.encode(one)));
        return texts;
    }

    /** The format of netty-socketio: a zero for text, the digits of the length as bytes, 255, the packet. */
    private static byte[] binary() {
        byte[] packet = utf8(PACKET);
        byte[] body = new byte[packet.length + 4];
        body[1] = (byte) (packet.length / 10);
        body[2] = (byte) (packet.length % 10);
        body[3] = (byte) 255;
        System.arraycopy(packet, 0, body, 4, packet.length);
        return body;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
