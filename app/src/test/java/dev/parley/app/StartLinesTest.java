package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartLinesTest {

    @Test
    void embeddedModelOfThisMachineIsFree() {
        assertThat(StartLines.of(read(Map.of()), false, "no AWS region was found")).containsExactly(
                "Who may connect: programs of this machine only, without a login",
                "Which model answers: the embedded one: no AWS region was found",
                "What a day may cost: nothing, the embedded model is free");
    }

    @Test
    void paidModelBehindAPasswordShowsItsLimit() {
        assertThat(StartLines.of(
                read(Map.of("auth", "password", "password", "long enough", "max-tokens-per-day", "1000000",
                        "token-prices", "0.0034,0.00006,0.0136,0.00024")),
                true, "amazon.nova-2-sonic-v1:0 in us-east-1")).containsExactly(
                        "Who may connect: everybody who reaches this server, with the password of the page",
                        "Which model answers: Amazon Nova Sonic, amazon.nova-2-sonic-v1:0 in us-east-1",
                        "What a day may cost: at most 1000000 tokens, which cost at most $13.60");
    }

    @Test
    void limitsAreShownAsFarAsTheyAreSet() {
        var prices = Map.of("open-to-all", "true", "token-prices", "1,1,1,1", "max-cost-per-day", "20");

        assertThat(StartLines.of(read(prices), true, "x")).containsExactly(
                "Who may connect: everybody who reaches this server, without a login",
                "Which model answers: Amazon Nova Sonic, x",
                "What a day may cost: at most 1000000 tokens, and at most $20.00");
        assertThat(StartLines.of(read(Map.of("max-tokens-per-day", "5")), true, "x")).last()
                .isEqualTo("What a day may cost: at most 5 tokens (set --token-prices to see it in money)");
        assertThat(StartLines.of(read(Map.of("max-tokens-per-day", "0")), true, "x")).last()
                .isEqualTo("What a day may cost: no limit; set --max-tokens-per-day or --max-cost-per-day");
    }

    private static Settings read(Map<String, String> flags) {
        return Settings.read(flags, Map.of());
    }
}
