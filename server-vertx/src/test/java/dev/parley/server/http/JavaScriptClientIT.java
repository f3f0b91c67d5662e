package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.server.ServerOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published JavaScript clients, in each of their transport modes, hold every rule that the scripts in {@code src/test/js} list. */
@Tag("real-time")
class JavaScriptClientIT {
    private final TestServer server = TestServer.start(ServerOptions.builder().allowEIO3(true).build());

    @BeforeAll
    static void installTheClient() throws Exception {
        NodeScripts.CLIENTS.install();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade"})
    void holdsEveryRule(String mode) throws Exception {
        assertThat(NodeScripts.CLIENTS.node("peer.mjs", server.url(), mode)).endsWith("all held\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "websocket", "upgrade", "base64-polling", "base64-websocket"})
    void holdsEveryRuleOfTheEarlierLine(String mode) throws Exception {
        assertThat(NodeScripts.CLIENTS.node("peer2.mjs", server.url(), mode)).endsWith("all held\n");
    }

    @Test
    void compressesForClientsThatOfferIt() throws Exception {
        var http = HttpOptions.builder().perMessageDeflate(1024).build();
        try (var deflating = TestServer.start(ServerOptions.builder().allowEIO3(true).build(), http)) {
            assertThat(NodeScripts.CLIENTS.node("deflate.mjs", deflating.url(), "on")).endsWith("all held\n");
            assertThat(NodeScripts.CLIENTS.node("peer.mjs", deflating.url(), "upgrade"))
                    .endsWith("all held\n");
            assertThat(NodeScripts.CLIENTS.node("peer2.mjs", deflating.url(), "websocket"))
                    .endsWith("all held\n");
        }
        assertThat(NodeScripts.CLIENTS.node("deflate.mjs", server.url(), "off")).endsWith("all held\n");
    }
}
