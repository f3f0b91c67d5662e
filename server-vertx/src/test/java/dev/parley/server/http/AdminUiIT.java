package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ServerOptions;
import dev.parley.server.admin.AdminOptions;
import dev.parley.server.admin.AdminUi;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published client does what the official Admin UI does: {@code src/test/js/admin.mjs} lists the rules. */
@Tag("real-time")
class AdminUiIT {

    @BeforeAll
    static void installTheClient() throws Exception {
        NodeScripts.CLIENTS.install();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rights", "readonly", "counts"})
    void servesTheOfficialPage(String mode) throws Exception {
        var options = new AdminOptions("/admin", "admin", "open sesame", "one", mode.equals("readonly"),
                !mode.equals("counts"), Duration.ofMillis(200));
        try (var server = TestServer.start(ServerOptions.defaults());
                var ui = AdminUi.attach(server.io, options)) {
            assertThat(NodeScripts.CLIENTS.node("admin.mjs", server.url(), mode)).endsWith("all held\n");
            assertThat(ui).isNotNull();
        }
    }

    @Test
    void lockedAfterTenFailuresEvenForTheRightPassword() throws Exception {
        try (var server = TestServer.start();
                var ui = AdminUi.attach(server.io, AdminOptions.of("admin", "open sesame"));
                var peer = new Peer(server)) {
            assertThat(ui).isNotNull();
            for (int i = 0; i < 10; i++) {
                assertThat(answer(peer, "wrong password " + i)).contains("invalid credentials");
            }
            assertThat(answer(peer, "open sesame")).contains("too many attempts");
        }
    }

    @Test
    void asksForARealPasswordAndNeverShowsIt() {
        assertThatThrownBy(() -> AdminOptions.of("admin", "short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("eight characters");
        assertThat(AdminOptions.of("admin", "open sesame").toString()).doesNotContain("sesame");
    }

    private static String answer(Peer peer, String password) throws Exception {
        String sid = peer.handshake();
        peer.post(sid, "40/admin,{\"username\":\"admin\",\"password\":\"" + password + "\"}");
        return peer.poll(sid).body();
    }
}
