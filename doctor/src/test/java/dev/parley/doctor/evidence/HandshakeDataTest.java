package dev.parley.doctor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeDataTest {

    private static final String PACKET = "0{\"sid\":\"abc\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":60000}";

    @Test
    void revision4IsRead() {
        assertThat(HandshakeData.read(4, PACKET).orElseThrow().upgrades()).isEqualTo(List.of("websocket"));
        assertThat(HandshakeData.read(3, PACKET)).isEmpty();
    }

    @Test
    void bothFormsOfRevision3AreRead() {
        String text = PACKET.length() + ":" + PACKET + "2:40";
        assertThat(HandshakeData.read(3, text).orElseThrow().sid()).isEqualTo("abc");
        assertThat(HandshakeData.read(4, text)).isEmpty();
        String binary = new String(binary(), StandardCharsets.UTF_8);
        assertThat(HandshakeData.read(3, binary).orElseThrow().sid()).isEqualTo("abc");
        assertThat(HandshakeData.read(4, binary)).isEmpty();
    }

    @Test
    void otherBodiesAreNoHandshake() {
        for (String other : List.of("", "<html>", "0", "0{", "0[]", "{\"code\":0}", "0{\"sid\":\"\"}")) {
            assertThat(HandshakeData.read(other)).isEmpty();
        }
    }

    /** The format of netty-socketio: a zero for text, the digits of the length as bytes, 255, the packet. */
    private static byte[] binary() {
        byte[] packet = PACKET.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[packet.length + 4];
        body[1] = (byte) (packet.length / 10);
        body[2] = (byte) (packet.length % 10);
        body[3] = (byte) 255;
        System.arraycopy(packet, 0, body, 4, packet.length);
        return body;
    }
}
