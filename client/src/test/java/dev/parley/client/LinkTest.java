package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.SocketPacket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
    private final List<String> calls = new ArrayList<>();
    private final Link link = new Link(new Wire(Wire.newHttpClient(ClientOptions.defaults()),
            Address.of(URI.create("http://127.0.0.1:1"), ClientOptions.defaults()), ClientOptions.defaults()),
            new Owner());

    /** A reconnection would fail if its handshake waited for the events of the previous connection. */
    @Test
    void waitsForEventHandlersOnlyOnceConnected() throws Exception {
        link.awaitRoom();
        assertThat(calls).isEmpty();
        link.message(new EnginePacket.Message("0{\"sid\":\"s\"}"));
        link.awaitRoom();
        assertThat(calls).containsExactly("connected", "waited");
    }

    private final class Owner implements Link.Owner {
        @Override
        public void awaitRoom() {
            calls.add("waited");
        }

        @Override
        public void event(Link from, SocketPacket.Event event) {
            calls.add("event");
        }

        @Override
        public void happened(Link from, Lifecycle what) {
            calls.add("connected");
        }

        @Override
        public void lost(Link from, String reason) {
            calls.add("lost");
        }
    }
}
