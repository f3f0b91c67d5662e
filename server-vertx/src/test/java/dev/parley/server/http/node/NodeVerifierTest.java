package dev.parley.server.http.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeVerifierTest {
    private static final byte[] SECRET = "a secret, which has at least 32 bytes"
            .getBytes(StandardCharsets.UTF_8);

    private final NodeSignature signature = new NodeSignature(List.of(SECRET));
    private final NodeVerifier verifier = new NodeVerifier("owner", List.of(SECRET));
    private long number;

    @Test
    void acceptsTimesWithinThirtySecondsOnBothSides() {
        assertThat(accepts(signed("owner", 1_000_000), 1_000_000)).isTrue();
        assertThat(accepts(signed("owner", 1_000_000), 1_030_000)).isTrue();
        assertThat(accepts(signed("owner", 1_000_000), 970_000)).isTrue();
        assertThat(accepts(signed("owner", 1_000_000), 1_030_001)).isFalse();
        assertThat(accepts(signed("owner", 1_000_000), 969_999)).isFalse();
    }

    @Test
    void acceptsARequestOnce() {
        String header = signed("owner", 1_000_000);
        assertThat(accepts(header, 1_000_000)).isTrue();
        assertThat(accepts(header, 1_000_001)).isFalse();
    }

    @Test
    void refusesWhatIsMeantForAnotherServer() {
        assertThat(accepts(signed("other", 1_000_000), 1_000_000)).isFalse();
    }

    private String signed(String to, long time) {
        return signature.sign("GET", "/", new NodeSignature.Fields(to, time, "s", ++number, "", false, "-"));
    }

    private boolean accepts(String header, long now) {
        return verifier.verify("GET", "/", header, now).isPresent();
    }
}
