package dev.parley.server.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.Arguments;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import java.util.Optional;

/**
 * Feeds fuzzed bytes to the MessagePack parser. Each input is rejected, or gives a packet within the limits that is read back as the same
 * kind.
 */
class MessagePackFuzzTest {
    private static final SocketLimits LIMITS = new SocketLimits(3, 1_000, 6);
    private final MessagePackParser parser = new MessagePackParser();

    @FuzzTest
    void packet(byte[] bytes) {
        var packet = decode(bytes);
        if (packet.isPresent()) {
            check(packet.get());
            var written = ((EnginePacket.Binary) parser.encode(packet.get()).getFirst()).data();
            assertThat(decode(written).map(SocketPacket::namespace)).contains(packet.get().namespace());
        }
    }

    private Optional<SocketPacket> decode(byte[] bytes) {
        try {
            return parser.decoder(LIMITS).decode(new EnginePacket.Binary(bytes));
        } catch (MalformedPacketException e) {
            assertThat(e.getStackTrace()).isEmpty();
            return Optional.empty();
        }
    }

    private static void check(SocketPacket packet) {
        switch (packet) {
            case SocketPacket.Event event -> check(event.arguments());
            case SocketPacket.Ack ack -> check(ack.arguments());
            case SocketPacket.Connect connect -> assertThat(connect.namespace()).startsWith("/");
            case SocketPacket.Disconnect disconnect -> assertThat(disconnect.namespace()).startsWith("/");
            case SocketPacket.ConnectError error -> assertThat(error.json()).startsWith("{");
        }
    }

    private static void check(Arguments arguments) {
        assertThat(arguments.attachments()).hasSizeLessThanOrEqualTo(3);
        assertThat(arguments.json()).startsWith("[").endsWith("]");
    }
}
