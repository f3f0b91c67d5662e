package dev.parley.app.admin;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What the admin page is shown, and what it may do. Thread-safe. */
public final class AdminState {
    /** As many connections are shown; the oldest, since those that come and go are in the figures. */
    private static final int SHOWN = 200;

    private final ConnectionBook book;
    private final Function<String, String> conversation;
    private final BooleanSupplier draining;
    private final Runnable drain;
    private final InstantSource clock;

    /**
     * Puts it together.
     *
     * @param conversation the state of a socket's conversation, in a word; empty when there is none
     * @param drain        begins to move clients away, and returns at once
     */
    public AdminState(ConnectionBook book, Function<String, String> conversation, BooleanSupplier draining,
            Runnable drain, InstantSource clock) {
        this.book = book;
        this.conversation = conversation;
        this.draining = draining;
        this.drain = drain;
        this.clock = clock;
    }

    /** All of it, to be written as JSON. */
    public record View(boolean draining, int total, List<Row> connections, List<Fault> errors,
            List<Minute> minutes) {}

    /** A connection. */
    public record Row(String name, String transport, String revision, String address, long seconds,
            long roundTripMillis, long drops, String conversation) {}

    /** An error. */
    public record Fault(String at, String what, String cause, String from) {}

    /** A minute of the last hour; a negative time means that nobody connected. */
    public record Minute(String at, int opened, int failed, int upgradesTried, int upgraded, long connectP50,
            long connectP95) {}

    /** As it is now. */
    public View view() {
        var now = clock.instant();
        var rows = book.connections()
                .values()
                .stream()
                .sorted(Comparator.comparing(ConnectionBook.Entry::since))
                .limit(SHOWN)
                .map(entry -> new Row(entry.name(), entry.live().transport().text(), entry.revision(),
                        entry.address(), Duration.between(entry.since(), now).toSeconds(),
                        entry.live().roundTripMillis(), entry.live().drops(), conversation(entry)))
                .toList();
        var errors = book.faults()
                .stream()
                .map(fault -> new Fault(fault.at().toString(), fault.what(), fault.cause(), fault.from()))
                .toList();
        var minutes = book.minutes()
                .stream()
                .map(minute -> new Minute(minute.at().toString(), minute.opened(), minute.failed(),
                        minute.upgradesTried(), minute.upgraded(), minute.connectP50(), minute.connectP95()))
                .toList();
        return new View(draining.getAsBoolean(), book.connections().size(), rows, errors, minutes);
    }

    /** Ends one connection; false when it is not there. */
    public boolean disconnect(String connection) {
        return book.disconnect(connection);
    }

    /** Moves all clients away and takes no new ones. */
    public void drain() {
        drain.run();
    }

    private String conversation(ConnectionBook.Entry entry) {
        return entry.live()
                .sockets()
                .stream()
                .map(socket -> conversation.apply(socket.id()))
                .filter(word -> !word.isEmpty())
                .findFirst()
                .orElse("");
    }
}
