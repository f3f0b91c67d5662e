package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSignatureTest {
    private static final byte[] NEW = "the new secret, which has 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OLD = "the old secret, which has 32 bytes".getBytes(StandardCharsets.UTF_8);
    private static final NodeSignature.Fields FIELDS = new NodeSignature.Fields("owner", 1_700_000_000_000L,
            "ab12", 7, "fe80::1", true, NodeSignature.hash(new byte[]{1}));

    private final NodeSignature signature = new NodeSignature(List.of(NEW));
    private final String header = signature.sign("POST", "/socket.io/?sid=a", FIELDS);

    @Test
    void returnsWhatWasSigned() {
        assertThat(signature.verify("POST", "/socket.io/?sid=a", header)).contains(FIELDS);
    }

    @Test
    void refusesAnotherMethodPathOrSecret() {
        assertThat(signature.verify("GET", "/socket.io/?sid=a", header)).isEmpty();
        assertThat(signature.verify("POST", "/socket.io/?sid=b", header)).isEmpty();
        assertThat(new NodeSignature(List.of(OLD)).verify("POST", "/socket.io/?sid=a", header)).isEmpty();
    }

    @Test
    void verifiesWithBothSecretsWhileTheyAreReplaced() {
        var rotating = new NodeSignature(List.of(OLD, NEW));
        assertThat(rotating.verify("POST", "/socket.io/?sid=a", header)).contains(FIELDS);
        String old = rotating.sign("POST", "/", FIELDS);
        assertThat(new NodeSignature(List.of(NEW, OLD)).verify("POST", "/", old)).contains(FIELDS);
        assertThat(signature.verify("POST", "/", old)).isEmpty();
    }

    @Test
    void refusesAHeaderOfWhichAnyCharacterIsChanged() {
        for (int i = 0; i < header.length(); i++) {
            char other = header.charAt(i) == 'x' ? 'y' : 'x';
            String changed = header.substring(0, i) + other + header.substring(i + 1);
            assertThat(signature.verify("POST", "/socket.io/?sid=a", changed)).as("changed at %s", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "1;a;b;c;d;e;f;g", "2;owner;0;a;1;p;-;x", "1;;;;;;;"})
    void refusesWhatIsNoSignature(String text) {
        assertThat(signature.verify("GET", "/", text)).isEmpty();
        assertThat(signature.verify("GET", "/", "x".repeat(100_000) + text)).isEmpty();
    }

    @Test
    void distinguishesBodies() {
        assertThat(NodeSignature.hash(new byte[0])).isEqualTo("-");
        assertThat(NodeSignature.hash(new byte[]{1})).isNotEqualTo(NodeSignature.hash(new byte[]{2}));
    }
}
