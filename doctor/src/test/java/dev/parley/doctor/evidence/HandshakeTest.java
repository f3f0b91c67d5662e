package dev.parley.doctor.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private static final String PACKET = "0{\"sid\":\"abc\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":60000}";

    @Test
    void readsRevision4() {
        assertThat(Handshake.read(4, PACKET).orElseThrow().upgrades()).isEqualTo(List.of("websocket"));
        assertThat(Handshake.read(3, PACKET)).isEmpty();
    }

    @Test
    void readsBothFormsOfRevision3() {
        String text = PACKET.length() + ":" + PACKET + "2:40";
        assertThat(Handshake.read(3, text).orElseThrow().sid()).isEqualTo("abc");
        assertThat(Handshake.read(4, text)).isEmpty();
        String binary = new String(binary(), StandardCharsets.UTF_8);
        assertThat(Handshake.read(3, binary).orElseThrow().sid()).isEqualTo("abc");
        assertThat(Handshake.read(4, binary)).isEmpty();
    }

    @Test
    void readsNothingElse() {
        for (String other : List.of("", "<html>", "0", "0{", "0[]", "{\"code\":0}", "0{\"sid\":\"\"}")) {
            assertThat(Handshake.read(other)).isEmpty();
        }
    }

    /** As netty-socketio answers: a zero for text, the length's digits as bytes, 255, the packet. */
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
