package dev.parley.app;

import dev.parley.app.cluster.RedisText;
import dev.parley.assistant.appointment.CalendarText;
import java.io.IOException;

/** The calendar that the servers of a cluster share. Thread-safe; waits for Redis. */
record RedisCalendar(RedisText text) implements CalendarText {

    @Override
    public Stored read() throws IOException {
        var stored = text.read();
        return new Stored(stored.text(), stored.version(), stored.deadline());
    }

    @Override
    public Replaced replace(Stored former, String wanted, String version) throws IOException {
        var read = new RedisText.Stored(former.text(), former.version(), former.deadline());
        return switch (text.replace(read, wanted, version)) {
            case "done" -> Replaced.DONE;
            case "changed" -> Replaced.CHANGED;
            default -> Replaced.LATE;
        };
    }
}
