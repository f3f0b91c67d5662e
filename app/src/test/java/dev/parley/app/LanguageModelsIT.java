package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LanguageModelsIT {

    @Test
    void serviceThatListensIsFoundAndSentNothing() throws Exception {
        int port;
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
            assertThat(LanguageModels.listens("127.0.0.1", port)).isTrue();
            try (var visitor = server.accept()) {
                assertThat(visitor.getInputStream().read()).as("closed without a byte").isEqualTo(-1);
            }
        }
        assertThat(LanguageModels.listens("127.0.0.1", port)).isFalse();
    }
}
