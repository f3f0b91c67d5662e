package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Handshake;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Http;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session by long polling as a browser holds it: one GET hanging, at most one POST in flight, each on a connection that is kept; cookies. */
final class PollingSession implements Session {
    /** Longer than any ping interval that makes sense; closing ends it sooner. */
    private static final Duration HOLD = Duration.ofMinutes(3);
    private static final Duration GOOD_BYE = Duration.ofMillis(500);

    private final Caller caller;
    private final Handshake handshake;
    private final Jar jar;
    private final Inbox inbox = new Inbox();
    private final ReentrantLock posting = new ReentrantLock();
    private final Thread reader;
    private volatile boolean closed;
    private volatile @Nullable Http down;
    private @Nullable Http up;

    private PollingSession(Caller caller, Handshake handshake, Outcome opened, Jar jar, Http down) {
        this.caller = caller;
        this.handshake = handshake;
        this.jar = jar;
        this.down = down;
        this.reader = Thread.ofVirtual().name("doctor-poll").start(() -> poll(opened));
    }

    static PollingSession open(Caller caller) throws SessionEnded {
        var jar = new Jar();
        Http http = connection(caller);
        var outcome = caller.call(http,
                Request.get(caller.target().target(caller.revision(), "polling", Optional.empty())),
                caller.answer());
        var handshake = outcome.answer().flatMap(answer -> Handshake.read(answer.text()));
        if (handshake.isEmpty()) {
            http.line().close();
            throw new SessionEnded(outcome);
        }
        outcome.answer().map(Answer::headers).ifPresent(jar::keep);
        return new PollingSession(caller, handshake.get(), outcome, jar, http);
    }

    Handshake handshake() {
        return handshake;
    }

    Jar jar() {
        return jar;
    }

    @Override
    public String transport() {
        return "polling";
    }

    @Override
    public void send(List<EnginePacket> packets) throws SessionEnded {
        var outcome = post(packets, caller.answer());
        if (!outcome.hasStatus(200)) {
            throw new SessionEnded(outcome);
        }
    }

    @Override
    public @Nullable EnginePacket next(Duration timeout) throws SessionEnded, InterruptedException {
        return inbox.next(timeout);
    }

    /** Ends it in the way of the protocol, waiting a moment for that, then drops the connections. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        post(List.of(new EnginePacket.Close()), Caller.shorter(GOOD_BYE, caller.left()));
        leave();
    }

    /** Drops the connections without a word: the session goes on elsewhere. */
    @Override
    public void leave() {
        closed = true;
        reader.interrupt();
        var hanging = down;
        if (hanging != null) {
            hanging.line().close();
        }
        posting.lock();
        try {
            if (up != null) {
                up.line().close();
            }
        } finally {
            posting.unlock();
        }
    }

    private Outcome post(List<EnginePacket> packets, Duration timeout) {
        long begun = System.nanoTime();
        posting.lock();
        try {
            Http http = up;
            if (http == null || !http.reusable()) {
                if (http != null) {
                    http.line().close();
                }
                http = caller.open(timeout);
                up = http;
            }
            var request = jar.on(Request.post(address(), Packets.write(caller.revision(), packets)));
            boolean used = http.used();
            var outcome = caller.call(http, request, timeout.minus(Caller.since(begun)));
            if (used && wasClosed(outcome)) {
                http = caller.open(timeout.minus(Caller.since(begun)));
                up = http;
                outcome = caller.call(http, request, timeout.minus(Caller.since(begun)));
            }
            return outcome;
        } catch (WireException e) {
            return new Outcome.Failed(e.failure(), timeout);
        } finally {
            posting.unlock();
        }
    }

    private void poll(Outcome opened) {
        try {
            // Servers of the 2.x line say in the same breath that the namespace welcomes.
            var behindTheHandshake = opened.answer()
                    .flatMap(answer -> Packets.read(caller.revision(), answer.body()))
                    .orElse(List.of());
            if (!deliver(behindTheHandshake, opened)) {
                return;
            }
            while (!closed) {
                Http http = down;
                if (http == null || !http.reusable()) {
                    if (http != null) {
                        http.line().close();
                    }
                    http = connection(caller);
                    down = http;
                }
                boolean used = http.used();
                var outcome = caller.call(http, jar.on(Request.get(address())), HOLD);
                if (used && wasClosed(outcome) && !closed) {
                    http = connection(caller);
                    down = http;
                    outcome = caller.call(http, jar.on(Request.get(address())), HOLD);
                }
                var packets = outcome.answer()
                        .filter(answer -> answer.status() == 200)
                        .flatMap(answer -> Packets.read(caller.revision(), answer.body()));
                if (packets.isEmpty()) {
                    inbox.end(outcome);
                    return;
                }
                if (!deliver(packets.get(), outcome)) {
                    return;
                }
            }
        } catch (SessionEnded e) {
            inbox.end(e.outcome());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Some servers end each connection after its answer without having said so. */
    private static boolean wasClosed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed && failed.why().kind() == Failure.Kind.CLOSED;
    }

    private boolean deliver(List<EnginePacket> packets, Outcome outcome) throws InterruptedException {
        for (var packet : packets) {
            switch (packet) {
                case EnginePacket.Ping ping -> Thread.startVirtualThread(
                        () -> post(List.of(new EnginePacket.Pong(ping.data())), caller.answer()));
                case EnginePacket.Close close -> {
                    inbox.end(outcome);
                    return false;
                }
                case EnginePacket.Message message -> inbox.put(message);
                case EnginePacket.Binary binary -> inbox.put(binary);
                case EnginePacket.Open open -> {}
                case EnginePacket.Pong pong -> {}
                case EnginePacket.Upgrade upgrade -> {}
                case EnginePacket.Noop noop -> {}
            }
        }
        return true;
    }

    String address() {
        return caller.target().target(caller.revision(), "polling", Optional.of(handshake.sid()));
    }

    private static Http connection(Caller caller) throws SessionEnded {
        try {
            return caller.open(caller.answer());
        } catch (WireException e) {
            throw new SessionEnded(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    static SessionEnded late() {
        return new SessionEnded(new Outcome.Failed(new Failure(Failure.Kind.TIMEOUT, ""), Duration.ZERO));
    }
}
