package dev.parley.server.metrics;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.Traffic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Registers meters; one per value of an enum where a label distinguishes them. */
record Meters(MeterRegistry registry) {
    private static final Duration[] QUICK = durations(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000,
            10_000, 30_000);
    private static final Duration[] LONG = durations(100, 1_000, 10_000, 60_000, 300_000, 1_800_000,
            7_200_000);

    Counter counter(String name, String what, String... tags) {
        return Counter.builder(name).description(what).tags(tags).register(registry);
    }

    Timer timer(String name, String what, String... tags) {
        return Timer.builder(name)
                .description(what)
                .tags(tags)
                .serviceLevelObjectives(QUICK)
                .register(registry);
    }

    Timer longTimer(String name, String what) {
        return Timer.builder(name).description(what).serviceLevelObjectives(LONG).register(registry);
    }

    <E extends Enum<E>> Map<E, Counter> counters(String name, String what, String tag, Class<E> kinds,
            Function<E, String> label) {
        return each(kinds, kind -> counter(name, what, tag, label.apply(kind)));
    }

    static <E extends Enum<E>, M> Map<E, M> each(Class<E> kinds, Function<E, M> make) {
        var all = new EnumMap<E, M>(kinds);
        Stream.of(kinds.getEnumConstants()).forEach(kind -> all.put(kind, make.apply(kind)));
        return all;
    }

    /** Registers the meters that are read from the server when the registry is scraped. */
    void gauges(SocketIoServer server) {
        for (TransportKind transport : TransportKind.values()) {
            for (EngineRevision revision : EngineRevision.values()) {
                gauge("parley.connections.open", "Open sessions", server,
                        at -> at.sessions(transport, revision), "transport", transport.text(), "revision",
                        number(revision));
            }
            traffic("parley.messages", "Text and binary messages", server, "in", transport,
                    at -> at.messagesIn(transport));
            traffic("parley.messages", "Text and binary messages", server, "out", transport,
                    at -> at.messagesOut(transport));
            traffic("parley.bytes", "Bytes of packets before framing and compression", server, "in",
                    transport, at -> at.bytesIn(transport));
            traffic("parley.bytes", "Bytes of packets before framing and compression", server, "out",
                    transport, at -> at.bytesOut(transport));
        }
        gauge("parley.queue.send.bytes", "Bytes that wait for all clients", server,
                at -> at.queues().sendBytes());
        gauge("parley.queue.send.bytes.most", "Bytes that wait for the slowest client", server,
                at -> at.queues().mostSendBytes());
        gauge("parley.queue.events", "Events that wait for handlers", server, at -> at.queues().events());
        gauge("parley.queue.events.most",
                "Events that wait for the handlers of one socket, the largest number", server,
                at -> at.queues().mostEvents());
        gauge("parley.memory.used", "Bytes that all clients together occupy", server,
                at -> at.memory().used());
        gauge("parley.memory.limit", "Memory budget of all clients together, in bytes", server,
                at -> at.memory().limit());
        gauge("parley.connections.paused",
                "Connections that are not read while events wait for their handlers", server,
                at -> at.memory().pausedConnections());
        gauge("parley.senders.waiting", "Threads that wait for a slow client before they send more", server,
                at -> at.memory().waitingSenders());
        FunctionCounter.builder("parley.memory.ended", server, at -> at.memory().sessionsEnded())
                .description("Sessions ended because the memory budget was exceeded")
                .register(registry);
    }

    private void gauge(String name, String what, SocketIoServer server,
            ToDoubleFunction<SocketIoServer> value, String... tags) {
        Gauge.builder(name, server, value).description(what).tags(tags).register(registry);
    }

    private void traffic(String name, String what, SocketIoServer server, String direction,
            TransportKind transport, ToDoubleFunction<Traffic> value) {
        FunctionCounter.builder(name, server.traffic(), value)
                .description(what)
                .tags("direction", direction, "transport", transport.text())
                .register(registry);
    }

    static String label(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static String number(EngineRevision revision) {
        return switch (revision) {
            case V3 -> "3";
            case V4 -> "4";
        };
    }

    private static Duration[] durations(long... millis) {
        return java.util.Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
