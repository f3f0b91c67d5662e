package dev.parley.assistant.appointment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.assistant.appointment.CalendarText.Replaced;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The calendar of several servers, with a store that the test disturbs. */
class SharedCalendarTest {

    private static final Appointment ANN = new Appointment(LocalDateTime.parse("2026-03-03T09:00"), "Ann",
            "");
    private static final Appointment BOB = new Appointment(LocalDateTime.parse("2026-03-03T09:00"), "Bob",
            "");

    private static final Appointment CARL = new Appointment(LocalDateTime.parse("2026-03-03T09:30"), "Carl",
            "");

    private final Store store = new Store();
    private final SharedCalendar calendar = new SharedCalendar(store);

    /** Runs an action before each replacement. */
    static final class Store implements CalendarText {
        private final Queue<Disturbance> disturbances = new ArrayDeque<>();
        private final List<String> versions = new ArrayList<>();
        private String text = "";
        private String version = "";

        interface Disturbance {
            /** Returns whether the replacement may go on. */
            boolean run(String text, String version) throws IOException;
        }

        void disturb(Disturbance next) {
            disturbances.add(next);
        }

        @Override
        public Stored read() {
            return new Stored(text, version, 0);
        }

        @Override
        public Replaced replace(Stored former, String wanted, String next) throws IOException {
            var disturbance = disturbances.poll();
            if (disturbance != null && !disturbance.run(wanted, next)) {
                return Replaced.LATE;
            }
            if (versions.contains(next)) {
                return Replaced.DONE;
            }
            if (!former.version().equals(version)) {
                return Replaced.CHANGED;
            }
            store(wanted, next);
            return Replaced.DONE;
        }

        private void store(String wanted, String next) {
            text = wanted;
            version = next;
            versions.add(next);
        }
    }

    @Test
    void operationIsDoneAgainOnWhatAnotherServerStored() throws IOException {
        store.disturbances.add((text, version) -> {
            new SharedCalendar(store).with(all -> all.add(BOB));
            return true;
        });

        boolean booked = calendar.with(all -> all.isEmpty() && all.add(ANN));

        assertThat(booked).isFalse();
        assertThat(calendar.<List<Appointment>>with(List::copyOf)).containsExactly(BOB);
    }

    @Test
    void nothingIsStoredWithoutAChange() throws IOException {
        store.disturbances.add((text, version) -> {
            throw new IOException("not expected");
        });

        assertThat(calendar.<Integer>with(List::size)).isZero();
    }

    @Test
    void changeWithoutResponseIsKnown() throws IOException {
        store.disturbances.add((text, version) -> {
            store.store(text, version);
            throw new IOException("the reply is lost");
        });

        assertThat(calendar.<Boolean>with(all -> all.add(ANN))).isTrue();
        assertThat(store.text).contains("Ann");
    }

    @Test
    void changeWithoutResponseIsKnownAfterAnotherOne() throws IOException {
        store.disturbances.add((text, version) -> {
            store.store(text, version);
            new SharedCalendar(store).with(all -> all.add(CARL));
            throw new IOException("the reply is lost");
        });

        boolean booked = calendar
                .with(all -> all.stream().noneMatch(one -> one.at().equals(ANN.at())) && all.add(ANN));

        assertThat(booked).isTrue();
        assertThat(calendar.<List<Appointment>>with(List::copyOf)).containsExactly(ANN, CARL);
    }

    @Test
    void changeThatWasLostIsMadeOnce() throws IOException {
        store.disturbances.add((text, version) -> {
            throw new IOException("lost");
        });

        assertThat(calendar.<Boolean>with(all -> all.add(ANN))).isTrue();
        assertThat(calendar.<List<Appointment>>with(List::copyOf)).containsExactly(ANN);
    }

    @Test
    void changeThatIsLostTwiceIsAnError() {
        for (int i = 0; i < 2; i++) {
            store.disturbances.add((text, version) -> {
                throw new IOException("lost");
            });
        }

        assertThatThrownBy(() -> calendar.<Boolean>with(all -> all.add(ANN))).hasMessage("lost");
        assertThat(store.text).isEmpty();
    }

    @Test
    void lateChangeIsAnError() {
        store.disturbances.add((text, version) -> false);

        assertThatThrownBy(() -> calendar.<Boolean>with(all -> all.add(ANN))).isInstanceOf(IOException.class);
        assertThat(store.text).isEmpty();
    }

    @Test
    void changesOfOthersAllTheTimeAreAnError() {
        for (int i = 0; i < 50; i++) {
            String other = "other" + i;
            store.disturbances.add((text, version) -> {
                store.version = other;
                return true;
            });
        }

        assertThatThrownBy(() -> calendar.<Boolean>with(all -> all.add(ANN)))
                .hasMessage("others change the calendar all the time");
    }
}
