package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlarmThreadTest {

    private final AlarmThread alarms = new AlarmThread("test-alarms");
    private final List<String> run = new ArrayList<>();

    @AfterEach
    void close() {
        alarms.close();
    }

    @Test
    void cancelledTaskIsNoLongerPending() {
        Runnable first = alarms.in(Duration.ofDays(1), () -> run.add("first"));
        alarms.in(Duration.ofDays(1), () -> run.add("second"));
        assertThat(alarms.pending()).isEqualTo(2);

        first.run();

        assertThat(alarms.pending()).isEqualTo(1);
    }

    @Test
    void closedAlarmIgnoresTasks() {
        alarms.in(Duration.ofDays(1), () -> run.add("waits"));
        alarms.close();

        Runnable cancel = alarms.in(Duration.ZERO, () -> run.add("late"));

        cancel.run();
        assertThat(alarms.pending()).isZero();
        assertThat(run).isEmpty();
    }
}
