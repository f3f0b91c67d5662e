package dev.parley.assistant.appointment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.UUID;

/**
 * The appointments that the servers of a cluster share. An operation is done again if another server was first, at most {@value #ATTEMPTS} times; so
 * no slot is given away twice. If the store does not respond to a change, the calendar asks for it once more: the store knows a change that it has
 * made. Thread-safe.
 */
final class SharedCalendar implements CalendarStore {

    private static final int ATTEMPTS = 50;

    private final CalendarJson json = new CalendarJson();
    private final CalendarText text;

    SharedCalendar(CalendarText text) {
        this.text = text;
    }

    @Override
    public <T> T with(Work<T> work) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var stored = text.read();
            var before = json.read(stored.text());
            var after = new ArrayList<>(before);
            T result = work.on(after);
            if (after.equals(before) || replaced(stored, json.write(after))) {
                return result;
            }
        }
        throw new IOException("others change the calendar all the time");
    }

    private boolean replaced(CalendarText.Stored former, String wanted) throws IOException {
        String version = UUID.randomUUID().toString();
        CalendarText.Replaced replaced;
        try {
            replaced = text.replace(former, wanted, version);
        } catch (IOException unknown) {
            replaced = text.replace(former, wanted, version);
        }
        return switch (replaced) {
            case DONE -> true;
            case CHANGED -> false;
            case LATE -> throw new IOException("the calendar responds too slowly");
        };
    }
}
