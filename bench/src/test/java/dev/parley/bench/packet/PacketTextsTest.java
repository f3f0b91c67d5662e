package dev.parley.bench.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.TransportKind;
import org.junit.jupiter.api.Test;

/** The bytes on the wire are compared exactly: other bytes would change the measurement. */
class PacketTextsTest {
    @Test
    void textsAreThoseOfTheProtocol() {
        assertThat(PacketTexts.CONNECT).isEqualTo("40");
        assertThat(PacketTexts.PING).isEqualTo("2");
        assertThat(PacketTexts.PONG).isEqualTo("3");
        assertThat(PacketTexts.PROBE).isEqualTo("2probe");
        assertThat(PacketTexts.UPGRADE).isEqualTo("5");
        assertThat(PacketTexts.EVENT).isEqualTo("42");
        assertThat(PacketTexts.OPEN_TYPE).isEqualTo('0');
        assertThat(PacketTexts.event("[\"a\",1]")).isEqualTo("42[\"a\",1]");
        assertThat(PacketTexts.event(0, "[\"a\"]")).isEqualTo("420[\"a\"]");
        assertThat(PacketTexts.ack(0, "[100]")).isEqualTo("430[100]");
        assertThat(PacketTexts.connect("/0", "")).isEqualTo("40/0,");
        assertThat(PacketTexts.connect("/", "{\"for\":\"transfers\"}"))
                .isEqualTo("40{\"for\":\"transfers\"}");
        assertThat(PacketTexts.attachmentEvent("bin"))
                .isEqualTo("451-[\"bin\",{\"_placeholder\":true,\"num\":0}]");
    }

    @Test
    void pathsNameTheTransportAndTheSession() {
        assertThat(PacketTexts.path(TransportKind.POLLING)).isEqualTo("/socket.io/?EIO=4&transport=polling");
        assertThat(PacketTexts.path(TransportKind.WEBSOCKET, "a_b-c"))
                .isEqualTo("/socket.io/?EIO=4&transport=websocket&sid=a_b-c");
    }

    @Test
    void findsTheSessionIdOfAHandshake() {
        assertThat(PacketTexts.sid("0{\"sid\":\"abc\",\"upgrades\":[]}")).hasValue("abc");
        assertThat(PacketTexts.sid("0{\"sid\":\"abc\"}\u001e40")).hasValue("abc");
        assertThat(PacketTexts.sid("{\"code\":1}")).isEmpty();
        assertThat(PacketTexts.sid("40")).isEmpty();
    }
}
