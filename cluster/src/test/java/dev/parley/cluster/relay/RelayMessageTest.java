package dev.parley.cluster.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.cluster.message.MalformedMessageException;
import dev.parley.cluster.relay.RelayMessage.Content;
import dev.parley.server.engine.NodeRelay.Header;
import dev.parley.server.engine.NodeRelay.Request;
import dev.parley.server.engine.NodeRelay.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RelayMessageTest {
    static Stream<Content> contents() {
        var headers = List.of(new Header("Host", "ünï.example"), new Header("Vary", ""));
        return Stream.of(
                new Content.Asks(new Request("POST", "/socket.io/?sid=ä", headers, new byte[]{1, -1})),
                new Content.Responds(new Response(101, headers, new byte[0])),
                new Content.Data(7, new byte[]{0, 1, 2}), new Content.Consumed(70_000), new Content.Ends(3));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void readsWhatItWrites(Content content) {
        byte[] bytes = new RelayMessage("tagA", 1L << 40, true, content).encode();
        var read = RelayMessage.decode(bytes);
        assertThat(read).usingRecursiveComparison()
                .isEqualTo(new RelayMessage("tagA", 1L << 40, true, content));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void refusesEveryPartOfIt(Content content) {
        byte[] bytes = new RelayMessage("tagA", 1, false, content).encode();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RelayMessage.decode(part)).isInstanceOf(MalformedMessageException.class);
        }
        assertThatThrownBy(() -> RelayMessage.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void refusesAnotherVersion() {
        byte[] bytes = new RelayMessage("tagA", 1, false, new Content.Ends(0)).encode();
        bytes[0] = 9;
        assertThatThrownBy(() -> RelayMessage.decode(bytes)).isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("version 9");
    }

    @Test
    void anyBytesAreReadOrRefused() {
        var random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = RelayMessage.VERSION;
            }
            try {
                RelayMessage.decode(bytes);
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageStartingWith("a relayed request");
            }
        }
    }
}
