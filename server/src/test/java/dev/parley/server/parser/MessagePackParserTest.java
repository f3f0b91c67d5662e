package dev.parley.server.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that packets survive writing and reading, and which packets are rejected. */
class MessagePackParserTest {
    private final MessagePackParser parser = new MessagePackParser();

    @Test
    void roundTripsEveryKindOfPacket() {
        byte[] bytes = {1, 2, 3};
        var arguments = new Arguments("[\"e\",1,-2.5,{\"a\":[true,null]},{\"_placeholder\":true,\"num\":0}]",
                List.of(bytes));
        for (SocketPacket packet : List.of(new SocketPacket.Connect("/", null),
                new SocketPacket.Connect("/a", "{\"token\":\"t\"}"), new SocketPacket.Disconnect("/a"),
                new SocketPacket.Event("/", null, arguments), new SocketPacket.Event("/a", 7L, arguments),
                new SocketPacket.Ack("/", 3, Arguments.of("[]")),
                new SocketPacket.ConnectError("/", "{\"message\":\"no\"}"))) {
            assertThat(decode(((EnginePacket.Binary) parser.encode(packet).getFirst()).data()))
                    .usingRecursiveComparison()
                    .isEqualTo(packet);
        }
    }

    @Test
    void readsWhatTheJavaScriptSideCallsUndefined() {
        // {type:0, data:undefined, nsp:"/"}
        assertThat(decode(hex("83a47479706500a464617461d40000a36e7370a12f")))
                .isEqualTo(new SocketPacket.Connect("/", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c0", "80", "81a47479706509", "82a47479706502a36e7370a12f",
            "83a47479706502a464617461a178a36e7370a12f", "83a47479706502a46461746190a36e7370a12f",
            "83a47479706502a464617461c6ffffffff", "83a47479706502a464617461dd7fffffff",
            "83a47479706502a464617461dbffffffff", "82a47479706501a36e7370a12fc0"})
    void refusesWhatIsNoPacket(String hex) {
        assertThatThrownBy(() -> decode(hex(hex))).isInstanceOf(MalformedPacketException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener",
            "removeListener"})
    void refusesReservedEventNames(String name) {
        var event = new SocketPacket.Event("/", null, Arguments.of("[\"" + name + "\"]"));
        byte[] packet = ((EnginePacket.Binary) parser.encode(event).getFirst()).data();
        assertThatThrownBy(() -> decode(packet)).isInstanceOf(MalformedPacketException.class);
    }

    @Test
    void refusesDeepNesting() {
        var deep = hex("83a47479706502a464617461" + "91".repeat(200) + "c0" + "a36e7370a12f");
        assertThatThrownBy(() -> decode(deep)).isInstanceOf(MalformedPacketException.class)
                .hasMessageContaining("deep");
    }

    @Test
    void refusesRandomBytesWithOneException() {
        var random = new Random(7);
        var good = ((EnginePacket.Binary) parser
                .encode(new SocketPacket.Event("/", 1L, Arguments.of("[\"e\",{\"a\":[1,2.5,\"x\"]}]")))
                .getFirst()).data();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = good.clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            }
            try {
                decode(noise);
            } catch (MalformedPacketException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }

    private SocketPacket decode(byte[] data) {
        return parser.decoder(SocketLimits.defaults()).decode(new EnginePacket.Binary(data)).orElseThrow();
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
