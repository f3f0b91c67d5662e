package dev.parley.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HourTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:30Z");

    private Instant now = START;
    private final Hour hour = new Hour(() -> now);

    @Test
    void hasSixtyMinutesFromTheStart() {
        assertThat(hour.minutes()).hasSize(60)
                .allMatch(minute -> minute.opened() == 0 && minute.connectP50() == -1);
        assertThat(hour.minutes().getLast().at()).isEqualTo(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(hour.minutes().getFirst().at()).isEqualTo(Instant.parse("2026-01-01T11:01:00Z"));
    }

    @Test
    void countsInTheMinuteInWhichItHappened() {
        hour.count(Hour.Kind.OPENED);
        hour.count(Hour.Kind.UPGRADE_TRIED);
        now = START.plusSeconds(60);
        hour.count(Hour.Kind.UPGRADED);
        hour.count(Hour.Kind.FAILED);

        List<Hour.Minute> minutes = hour.minutes();
        assertThat(minutes.get(58))
                .isEqualTo(new Hour.Minute(Instant.parse("2026-01-01T12:00:00Z"), 1, 0, 1, 0, -1, -1));
        assertThat(minutes.get(59))
                .isEqualTo(new Hour.Minute(Instant.parse("2026-01-01T12:01:00Z"), 0, 1, 0, 1, -1, -1));
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        hour.count(Hour.Kind.OPENED);
        now = START.plus(Duration.ofMinutes(59));
        assertThat(hour.minutes().getFirst().opened()).isEqualTo(1);
        now = START.plus(Duration.ofMinutes(60));
        assertThat(hour.minutes()).allMatch(minute -> minute.opened() == 0);
        hour.count(Hour.Kind.OPENED);
        assertThat(hour.minutes().stream().mapToInt(Hour.Minute::opened).sum()).isEqualTo(1);
    }

    @Test
    void keepsSomeTimesAndRanksThem() {
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
