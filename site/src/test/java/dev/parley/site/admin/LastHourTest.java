package dev.parley.site.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastHourTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:30Z");

    private Instant now = START;
    private final LastHour hour = new LastHour(() -> now);

    @Test
    void newInstanceHasSixtyEmptyMinutes() {
        assertThat(hour.minutes()).hasSize(60)
                .allMatch(minute -> minute.opened() == 0 && minute.connectP50() == -1);
        assertThat(hour.minutes().getLast().at()).isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(hour.minutes().getFirst().at()).isEqualTo(Instant.parse("2026-01-01T11:01:00Z"));
    }

    @Test
    void eventsCountInTheirOwnMinute() {
        hour.count(LastHour.Kind.OPENED);
        hour.count(LastHour.Kind.UPGRADE_TRIED);
        now = START.plusSeconds(60);
        hour.count(LastHour.Kind.UPGRADED);
        hour.count(LastHour.Kind.FAILED);

        List<LastHour.Minute> minutes = hour.minutes();
        assertThat(minutes.get(58))
                .isEqualTo(new LastHour.Minute(Instant.parse("2026-01-01T12:00:00Z"), 1, 0, 1, 0, -1, -1));
        assertThat(minutes.get(59))
                .isEqualTo(new LastHour.Minute(Instant.parse("2026-01-01T12:01:00Z"), 0, 1, 0, 1, -1, -1));
    }

    @Test
    void eventsOlderThanAnHourAreRemoved() {
        hour.count(LastHour.Kind.OPENED);
        now = START.plus(Duration.ofMinutes(59));
        assertThat(hour.minutes().getFirst().opened()).isEqualTo(1);
        now = START.plus(Duration.ofMinutes(60));
        assertThat(hour.minutes()).allMatch(minute -> minute.opened() == 0);
        hour.count(LastHour.Kind.OPENED);
        assertThat(hour.minutes().stream().mapToInt(LastHour.Minute::opened).sum()).isEqualTo(1);
    }

    @Test
    void percentilesUseTheFirstConnectTimes() {
        for (int i = 1; i <= 100; i++) {
            hour.connected(Duration.ofMillis(i));
        }
        assertThat(hour.minutes().getLast().connectP50()).isEqualTo(51);
        assertThat(hour.minutes().getLast().connectP95()).isEqualTo(96);
        for (int i = 0; i < 10_000; i++) {
            hour.connected(Duration.ofSeconds(9));
        }
        assertThat(hour.minutes().getLast().connectP50()).as("bounded: the first 256 count").isEqualTo(9_000);
    }
}
