package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A long-polling session as a browser holds it: one pending GET and at most one POST, each on a persistent connection, with cookies. */
public final class PollingSession implements ProbeSession {
    /** Longer than any sensible ping interval; closing the session ends the poll earlier. */
    private static final Duration HOLD = Duration.ofMinutes(3);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);

    private final ProbeClient client;
    private final EngineHandshake handshake;
    private final CookieJar jar;
    private final PacketQueue incoming = new PacketQueue();
    private final ReentrantLock posting = new ReentrantLock();
    private final Thread reader;
    private volatile boolean closed;
    private volatile @Nullable HttpConnection down;
    private @Nullable HttpConnection up;

    private PollingSession(ProbeClient client, EngineHandshake handshake, Outcome opened, CookieJar jar,
            HttpConnection down) {
        this.client = client;
        this.handshake = handshake;
        this.jar = jar;
        this.down = down;
        this.reader = Thread.ofVirtual().name("doctor-poll").start(() -> poll(opened));
    }

    public static PollingSession open(ProbeClient client) throws SessionEndedException {
        var jar = new CookieJar();
        HttpConnection http = connection(client);
        var outcome = client.send(http, Request.get(client.handshakeTarget()), client.responseTimeout());
        var handshake = outcome.response().flatMap(response -> PacketCodec.anyHandshake(response.body()));
        if (handshake.isEmpty()) {
            http.connection().close();
            throw new SessionEndedException(outcome);
        }
        outcome.response().map(Response::headers).ifPresent(jar::store);
        return new PollingSession(client, handshake.get(), outcome, jar, http);
    }

    public EngineHandshake handshake() {
        return handshake;
    }

    public CookieJar jar() {
        return jar;
    }

    @Override
    public String transport() {
        return TransportKind.POLLING.text();
    }

    @Override
    public void send(List<EnginePacket> packets) throws SessionEndedException {
        var outcome = post(packets, client.responseTimeout());
        if (!outcome.hasStatus(200)) {
            throw new SessionEndedException(outcome);
        }
    }

    @Override
    public @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException {
        return incoming.next(timeout);
    }

    /** Sends a close packet, waits briefly for the response, then closes the connections. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        post(List.of(new EnginePacket.Close()), ProbeClient.shorterOf(CLOSE_TIMEOUT, client.timeLeft()));
        drop();
    }

    /** Closes the connections without a close packet. After an upgrade the session continues on a WebSocket. */
    @Override
    public void drop() {
        closed = true;
        reader.interrupt();
        var hanging = down;
        if (hanging != null) {
            hanging.connection().close();
        }
        posting.lock();
        try {
            if (up != null) {
                up.connection().close();
            }
        } finally {
            posting.unlock();
        }
    }

    private Outcome post(List<EnginePacket> packets, Duration timeout) {
        long begun = System.nanoTime();
        posting.lock();
        try {
            HttpConnection http = up;
            if (http == null || !http.reusable()) {
                if (http != null) {
                    http.connection().close();
                }
                http = client.open(timeout);
                up = http;
            }
            var request = jar.addTo(Request.post(address(), client.codec().payload(packets)));
            boolean used = http.used();
            var outcome = client.send(http, request, timeout.minus(ProbeClient.elapsedSince(begun)));
            if (used && wasClosed(outcome)) {
                http = client.open(timeout.minus(ProbeClient.elapsedSince(begun)));
                up = http;
                outcome = client.send(http, request, timeout.minus(ProbeClient.elapsedSince(begun)));
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
            // Servers of Socket.IO 2.x send the CONNECT of the default namespace with the handshake.
            var behindTheHandshake = opened.response()
                    .flatMap(response -> client.codec().read(response.body()))
                    .orElse(List.of());
            if (!deliver(behindTheHandshake, opened)) {
                return;
            }
            while (!closed) {
                HttpConnection http = down;
                if (http == null || !http.reusable()) {
                    if (http != null) {
                        http.connection().close();
                    }
                    http = connection(client);
                    down = http;
                }
                boolean used = http.used();
                var outcome = client.send(http, jar.addTo(Request.get(address())), HOLD);
                if (used && wasClosed(outcome) && !closed) {
                    http = connection(client);
                    down = http;
                    outcome = client.send(http, jar.addTo(Request.get(address())), HOLD);
                }
                var packets = outcome.response()
                        .filter(response -> response.status() == 200)
                        .flatMap(response -> client.codec().read(response.body()));
                if (packets.isEmpty()) {
                    incoming.end(outcome);
                    return;
                }
                if (!deliver(packets.get(), outcome)) {
                    return;
                }
            }
        } catch (SessionEndedException e) {
            incoming.end(e.outcome());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns true if the connection was closed. Some servers close each connection after a response without announcing it. */
    private static boolean wasClosed(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                && failed.why().kind() == ConnectionFailure.Kind.CLOSED;
    }

    private boolean deliver(List<EnginePacket> packets, Outcome outcome) throws InterruptedException {
        for (var packet : packets) {
            switch (packet) {
                case EnginePacket.Ping ping -> Thread.startVirtualThread(
                        () -> post(List.of(new EnginePacket.Pong(ping.data())), client.responseTimeout()));
                case EnginePacket.Close close -> {
                    incoming.end(outcome);
                    return false;
                }
                case EnginePacket.Message message -> incoming.put(message);
                case EnginePacket.Binary binary -> incoming.put(binary);
                case EnginePacket.Open open -> {}
                case EnginePacket.Pong pong -> {}
                case EnginePacket.Upgrade upgrade -> {}
                case EnginePacket.Noop noop -> {}
            }
        }
        return true;
    }

    public String address() {
        return client.pollingTarget(handshake.sid());
    }

    private static HttpConnection connection(ProbeClient client) throws SessionEndedException {
        try {
            return client.open(client.responseTimeout());
        } catch (WireException e) {
            throw new SessionEndedException(new Outcome.Failed(e.failure(), Duration.ZERO));
        }
    }

    public static SessionEndedException timedOut() {
        return new SessionEndedException(
                new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""), Duration.ZERO));
    }
}
