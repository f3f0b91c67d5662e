package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.voice.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamDeadlinesTest {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FINISH = Duration.ofSeconds(2);

    private final List<Alarmed> alarms = new ArrayList<>();
    private final List<Integer> overdue = new ArrayList<>();
    private final Alarm alarm = (delay, task) -> {
        var set = new Alarmed(delay, task);
        alarms.add(set);
        return () -> alarms.remove(set);
    };
    private final StreamDeadlines deadlines = new StreamDeadlines(alarm, overdue::add);

    private record Alarmed(Duration delay, Runnable task) {}

    private List<Duration> waits() {
        return alarms.stream().map(Alarmed::delay).toList();
    }

    @Test
    void connectedStreamHasNoDeadline() {
        deadlines.opening(1, CONNECT);
        assertThat(waits()).containsExactly(CONNECT);
        deadlines.connected(1);
        assertThat(waits()).isEmpty();
    }

    @Test
    void streamFinishedBeforeItIsConnectedKeepsItsDeadline() {
        deadlines.opening(1, CONNECT);
        deadlines.finishing(1, FINISH);
        assertThat(waits()).containsExactly(FINISH);
        deadlines.connected(1);
        assertThat(waits()).containsExactly(FINISH);
        alarms.getFirst().task().run();
        assertThat(overdue).containsExactly(1);
    }

    @Test
    void streamThatIsOverHasNoDeadline() {
        deadlines.opening(1, CONNECT);
        deadlines.opening(2, CONNECT);
        deadlines.finishing(1, FINISH);
        deadlines.over(1);
        assertThat(waits()).containsExactly(CONNECT);
        deadlines.close();
        assertThat(waits()).isEmpty();
    }
}
