package dev.parley.doctor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Response;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
    private final Load load = new Load();

    @Test
    void statedLoadIsNeverPassed() {
        assertThat(load.isReached()).isFalse();
        long connections = IntStream.range(0, 1_000).filter(i -> load.connects()).count();
        long requests = IntStream.range(0, 5_000).filter(i -> load.sends(0)).count();

        assertThat(connections).isEqualTo(Load.MAX_CONNECTIONS).isEqualTo(load.connections());
        assertThat(requests).isEqualTo(Load.MAX_REQUESTS).isEqualTo(load.requests());
        assertThat(load.isReached()).isTrue();
    }

    @Test
    void uploadIsLimited() {
        long sent = IntStream.range(0, 20).filter(i -> load.sends(1024 * 1024)).count();

        assertThat(sent).isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"429, 120, 119", "429, , 9", "429, soon, 9", "503, 30, 29", "429, 999999999, 3599"})
    void serverThatAsksToWaitGetsNothing(int status, String after, long leastSeconds) {
        assertThat(load.sends(0)).isTrue();

        load.note(response(status, after));

        assertThat(load.waitLeft()).isGreaterThan(Duration.ofSeconds(leastSeconds));
        assertThat(load.sends(0)).isFalse();
        assertThat(load.connects()).isFalse();
        assertThat(load.held()).get().satisfies(held -> assertThat(held.requests()).isEqualTo(1));
    }

    @ParameterizedTest
    @CsvSource({"'Wed, 01 Jan 2025 00:02:00 GMT', 120", "'Wed, 01 Jan 2025 00:00:00 GMT', 0",
            "'Wed, 01 Jan 2025 09:00:00 GMT', 3600", "'Tue, 31 Dec 2024 09:00:00 GMT', 0"})
    void dateToContinueAtCountsFromThatOfTheResponse(String until, long seconds) {
        load.note(new Response(429,
                new HttpHeaders(List.of(new HttpHeaders.Header("Date", "Wed, 01 Jan 2025 00:00:00 GMT"),
                        new HttpHeaders.Header("Retry-After", until))),
                new byte[0], Duration.ZERO, Duration.ZERO));

        assertThat(load.waitLeft()).isLessThanOrEqualTo(Duration.ofSeconds(seconds))
                .isGreaterThan(Duration.ofSeconds(seconds - 2));
    }

    @Test
    void everyResponseThatAsksToWaitIsCounted() {
        load.note(response(429, "1"));
        load.note(response(200, "1"));
        load.note(response(429, "1"));

        assertThat(load.holds()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"503, ", "200, 100", "502, "})
    void otherResponsesAskForNothing(int status, String after) {
        load.note(response(status, after));

        assertThat(load.held()).isEmpty();
        assertThat(load.sends(0)).isTrue();
    }

    private static Response response(int status, String after) {
        var headers = after == null ? HttpHeaders.NONE
                : new HttpHeaders(List.of(new HttpHeaders.Header("Retry-After", after)));
        return new Response(status, headers, new byte[0], Duration.ZERO, Duration.ZERO);
    }
}
