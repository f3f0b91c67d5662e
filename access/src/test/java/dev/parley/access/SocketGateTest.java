package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.test.ConnectRefusedException;
import dev.parley.server.test.SocketIoTest;
import dev.parley.server.test.TestClient;
import dev.parley.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests how sockets join with credentials, renew them, and end when they expire. */
class SocketGateTest {

    private static final Instant START = Instant.parse("2026-12-01T00:00:00Z");
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final SocketIoServer io = SocketIoServer.create(ServerOptions.defaults());
    private final SocketIoTest test = SocketIoTest.of(io).timeout(Duration.ofMinutes(1));
    private final List<Task> tasks = new ArrayList<>();

    private static final class Task {
        private final Duration delay;
        private final Runnable run;
        private boolean cancelled;

        Task(Duration delay, Runnable run) {
            this.delay = delay;
            this.run = run;
        }
    }

    @BeforeEach
    void guard() {
        var auth = VisitorAuth.of(
                Settings.read(Map.of("auth", "jwt", "jwt-secret", SECRET, "jwt-clock-skew", "0s"), Map.of())
                        .access(),
                Path.of("unused"), Optional.empty(), () -> START);
        new SocketGate(auth, this::later, () -> START).guard(io.of("/"));
    }

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void socketWithoutATokenIsRefusedWithAReason() {
        assertThatThrownBy(() -> test.connect("/")).isInstanceOfSatisfying(ConnectRefusedException.class,
                refused -> assertThat(refused.reason()).isEqualTo("This server asks for an access token."));
        assertThatThrownBy(() -> test.connect("/", Map.of("token", token("anna", -1))))
                .isInstanceOfSatisfying(ConnectRefusedException.class,
                        refused -> assertThat(refused.reason()).startsWith("Your access has expired."));
        assertThat(tasks).isEmpty();
    }

    @Test
    void expiryEndsTheSocketWithAReason() throws Exception {
        var anna = test.connect("/", Map.of("token", token("anna", 60)));
        assertThat(SocketGate.of(anna.serverSocket()).visitor().user()).isEqualTo("anna");
        assertThat(tasks).singleElement()
                .satisfies(task -> assertThat(task.delay).isEqualTo(Duration.ofMinutes(1)));

        tasks.getFirst().run.run();

        test.settle();
        assertThat(anna.await("error", 1).getFirst().json(0).path("type").asString())
                .isEqualTo("accessExpired");
        assertThat(anna.connected()).isFalse();
    }

    @Test
    void newerTokenOfTheSameUserReplacesTheFormer() throws Exception {
        var anna = test.connect("/", Map.of("token", token("anna", 60)));

        var answer = anna.call("renewAccess", Map.of("token", token("anna", 300))).json(0);

        assertThat(answer.path("success").asBoolean()).isTrue();
        assertThat(Instant.parse(answer.path("expires").asString())).isEqualTo(START.plusSeconds(300));
        assertThat(tasks).hasSize(2);
        assertThat(tasks.getFirst().cancelled).isTrue();
        assertThat(tasks.getLast().delay).isEqualTo(Duration.ofMinutes(5));
        assertThat(anna.connected()).isTrue();
    }

    @Test
    void otherTokensDoNotRenew() throws Exception {
        var anna = test.connect("/", Map.of("token", token("anna", 60)));

        refused(anna, Map.of("token", token("ben", 300)), "accessInvalid");
        refused(anna, Map.of("token", token("anna", -1)), "accessExpired");
        refused(anna, Map.of("token", "x"), "accessInvalid");
        refused(anna, Map.of("token", 7), "accessInvalid");
        refused(anna, "x", "accessMissing");
        assertThat(tasks).hasSize(1);
        assertThat(tasks.getFirst().cancelled).isFalse();
        assertThat(SocketGate.of(anna.serverSocket()).visitor().user()).isEqualTo("anna");
    }

    @Test
    void leavingCancelsTheTimer() throws Exception {
        var anna = test.connect("/", Map.of("token", token("anna", 60)));

        anna.disconnect();

        test.settle();
        assertThat(tasks.getFirst().cancelled).isTrue();
    }

    private static void refused(TestClient client, Object shown, String reason) {
        var answer = client.call("renewAccess", shown).json(0);
        assertThat(answer.path("success").asBoolean(true)).isFalse();
        assertThat(answer.path("reason").asString()).isEqualTo(reason);
    }

    private synchronized Runnable later(Duration delay, Runnable task) {
        var planned = new Task(delay, task);
        tasks.add(planned);
        return () -> planned.cancelled = true;
    }

    private static String token(String user, int seconds) throws Exception {
        var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder().subject(user)
                        .expirationTime(Date.from(START.plusSeconds(seconds)))
                        .build());
        jwt.sign(new MACSigner(SECRET));
        return jwt.serialize();
    }
}
