package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Evidence;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WebSocketLine;
import dev.parley.doctor.wire.WebSocketLine.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Leaves a connection alone until the server's first ping, and sees whether it lives that long. It waits for as long as the server's
 * pingInterval, beside the other probes.
 */
public record IdleProbe(boolean webSocket, Handshake handshake) implements Probe {
    /** How much later than announced a ping may come from a busy server. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Override
    public String title() {
        return webSocket ? "An idle WebSocket" : "An idle polling request";
    }

    @Override
    public List<Evidence> examine(Caller caller) throws InterruptedException {
        var interval = handshake.pingInterval();
        if (interval.compareTo(caller.plan().patience()) > 0) {
            return List.of(new Evidence.Skipped(title(),
                    "the server's first ping comes after " + interval.toSeconds() + " s only; --patience "
                            + (interval.toSeconds() + 5) + " waits for it"));
        }
        var patient = caller.patient(caller.plan().patience().plus(GRACE));
        return List.of(webSocket ? socket(patient, interval) : polling(patient, interval));
    }

    private Evidence polling(Caller caller, Duration interval) {
        var jar = new Jar();
        var target = caller.target();
        var opened = caller.call(Request.get(target.target(4, "polling", Optional.empty())), caller.answer());
        var open = opened.answer().flatMap(answer -> Handshake.read(answer.text()));
        if (open.isEmpty()) {
            return new Evidence.Skipped(title(), "no session could be opened for it");
        }
        opened.answer().map(Answer::headers).ifPresent(jar::keep);
        String address = target.target(4, "polling", Optional.of(open.get().sid()));
        // Connected, because servers end a session that joins no namespace.
        var joined = caller.call(jar.on(Request.post(address, "4" + target.connect())), caller.answer());
        if (!joined.hasStatus(200)) {
            return new Evidence.Skipped(title(), "its session was lost");
        }
        long end = System.nanoTime() + interval.plus(GRACE).plus(GRACE).toNanos();
        while (true) {
            long begun = System.nanoTime();
            var held = caller.call(jar.on(Request.get(address)),
                    Caller.shorter(interval.plus(GRACE), caller.left()));
            var packets = held.answer()
                    .filter(answer -> answer.status() == 200)
                    .flatMap(answer -> Packets.read(4, answer.body()));
            var idle = Caller.since(begun);
            boolean pinged = packets.filter(all -> all.stream().anyMatch(EnginePacket.Ping.class::isInstance))
                    .isPresent();
            boolean silent = packets.isEmpty();
            if (pinged || silent || System.nanoTime() > end) {
                PollingProbe.end(caller, open.get());
                return new Evidence.Idle("polling", interval, pinged, idle,
                        pinged ? Optional.empty() : Optional.of(held));
            }
        }
    }

    private Evidence socket(Caller caller, Duration interval) {
        var knock = WebSocketSession.Knock.on(caller, Optional.empty(), new Jar());
        WebSocketLine line = knock.line();
        if (line == null) {
            return new Evidence.Skipped(title(), "no WebSocket could be opened for it");
        }
        long begun = System.nanoTime();
        try (line) {
            line.read(caller.answer());
            line.send("4" + caller.target().connect());
            begun = System.nanoTime();
            while (true) {
                switch (line.read(Caller.shorter(interval.plus(GRACE), caller.left()))) {
                    case Frame.Text text when text.text().startsWith("2") -> {
                        return new Evidence.Idle("websocket", interval, true, Caller.since(begun),
                                Optional.empty());
                    }
                    case Frame.Text text -> begun = System.nanoTime();
                    case Frame.Binary binary -> begun = System.nanoTime();
                    case Frame.Closed closed -> {
                        var failure = new Failure(Failure.Kind.CLOSED, "close code " + closed.code());
                        return cut(interval, begun, new Outcome.Failed(failure, Caller.since(begun)));
                    }
                }
            }
        } catch (WireException e) {
            return cut(interval, begun, new Outcome.Failed(e.failure(), Caller.since(begun)));
        }
    }

    private static Evidence cut(Duration interval, long begun, Outcome how) {
        return new Evidence.Idle("websocket", interval, false, Caller.since(begun), Optional.of(how));
    }
}
