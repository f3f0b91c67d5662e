package dev.parley.bench;

import dev.parley.bench.driver.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A measurement. */
enum Scenario {
    WEBSOCKET_PACED("websocket echo, 200 clients × 31/s", Kind.ECHO),
    WEBSOCKET_SATURATED("websocket echo, saturated, 100 clients", Kind.ECHO),
    BINARY_SATURATED("binary echo, saturated, 100 clients", Kind.ECHO),
    POLLING_PACED("polling echo, 40 clients × 31/s", Kind.ECHO),
    POLLING_SATURATED("polling echo, saturated, 100 clients", Kind.ECHO),
    BROADCAST("broadcast to 500, per delivery", Kind.ECHO),
    UPGRADE("connect, upgrade, one echo, leave", Kind.UPGRADE),
    IDLE("idle websocket connections", Kind.IDLE);

    /** The procedure of a measurement. */
    enum Kind {
        ECHO,
        UPGRADE,
        IDLE
    }

    private final String title;
    private final Kind kind;

    Scenario(String title, Kind kind) {
        this.title = title;
        this.kind = kind;
    }

    static Scenario named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String title() {
        return title;
    }

    Kind kind() {
        return kind;
    }

    /** Returns the servers that it measures, in the order of the table. */
    List<Entry> entries(Set<Subject> wanted, boolean variants) {
        var all = switch (this) {
            case WEBSOCKET_SATURATED -> List.of(new Entry(Subject.PARLEY, "", "text"),
                    new Entry(Subject.PARLEY, ", handler on a virtual thread", "task"),
                    new Entry(Subject.PARLEY, ", raw", "raw"), entry(Subject.NETTY_SOCKETIO),
                    entry(Subject.REFERENCE), entry(Subject.FLOOR));
            case WEBSOCKET_PACED,
                    POLLING_SATURATED ->
                List.of(new Entry(Subject.PARLEY, "", "text"),
                        new Entry(Subject.PARLEY, ", handler on a virtual thread", "task"),
                        entry(Subject.NETTY_SOCKETIO), entry(Subject.REFERENCE), entry(Subject.FLOOR));
            case BINARY_SATURATED -> List.of(entry(Subject.PARLEY),
                    new Entry(Subject.PARLEY, ", handler on a virtual thread", "bintask"),
                    entry(Subject.NETTY_SOCKETIO), entry(Subject.REFERENCE), entry(Subject.FLOOR));
            default -> List.of(entry(Subject.PARLEY), entry(Subject.NETTY_SOCKETIO), entry(Subject.REFERENCE),
                    entry(Subject.FLOOR));
        };
        // The floor has no sessions, so there is nothing to upgrade.
        return Stream.concat(all.stream(), Stream.of(entry(Subject.BEFORE)))
                .filter(entry -> wanted.contains(entry.subject())
                        && (variants || this == WEBSOCKET_SATURATED || entry.variant().isEmpty())
                        && (this != UPGRADE || entry.subject().speaksSocketIo()))
                .toList();
    }

    Shape shape(Entry entry) {
        boolean handshake = entry.subject().speaksSocketIo();
        String event = entry.event();
        return switch (this) {
            case WEBSOCKET_PACED -> new Shape(200, 31, false, Shape.Kind.TEXT, event, handshake);
            case WEBSOCKET_SATURATED -> new Shape(100, 0, false, Shape.Kind.TEXT, event, handshake);
            case BINARY_SATURATED -> new Shape(100, 0, false, Shape.Kind.BINARY, event, handshake);
            case POLLING_PACED -> new Shape(40, 31, true, Shape.Kind.TEXT, event, handshake);
            case POLLING_SATURATED -> new Shape(100, 0, true, Shape.Kind.TEXT, event, handshake);
            case BROADCAST -> new Shape(500, 0, false, Shape.Kind.BROADCAST, event, handshake);
            case UPGRADE, IDLE -> throw new IllegalStateException("no echoes in " + this);
        };
    }

    private Entry entry(Subject subject) {
        return new Entry(subject, "", switch (this) {
            case BINARY_SATURATED -> "bin";
            case BROADCAST -> "all";
            default -> "text";
        });
    }

    /** One line of a scenario's table: a server and which of its handlers. */
    record Entry(Subject subject, String variant, String event) {
        String label() {
            return subject.label() + variant;
        }
    }
}
