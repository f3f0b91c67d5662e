package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EnginePacket;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO session: handshake, heartbeat, upgrade, and the queue of what is to be sent. Thread-safe.
 *
 * <p>
 * Threads, all virtual: the transport's reader; one writer; one that watches the heartbeat; one that upgrades. Only the writer and the
 * upgrade send, each holding {@code line}; no other lock is held meanwhile. Ends once, for one reason, told to the listener.
 */
final class EngineConnection {
    private static final String PROBE = "probe";
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Wire wire;
    private final Listener listener;
    private final Limits limits;
    private final long begun = System.nanoTime();
    private final Outbox outbox;
    private final ReentrantLock line = new ReentrantLock();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch probed = new CountDownLatch(1);
    private final LinkedBlockingQueue<Object> opening = new LinkedBlockingQueue<>(2);
    private final Sink sink = new Sink();
    private volatile @Nullable Transport transport;
    private volatile @Nullable WebSocketTransport probing;
    private volatile @Nullable String probeLost;
    private volatile @Nullable Handshake handshake;
    private volatile @Nullable Duration handshakeTime;
    private volatile @Nullable Duration upgradeTime;
    private volatile @Nullable Thread writer;
    private volatile long heardAt = begun;
    private volatile boolean leaving;

    /** What the session tells. Called by one thread at a time, except for {@link #ended}. */
    interface Listener {

        void message(EnginePacket packet) throws InterruptedException;

        void upgraded(Duration after);

        void upgradeFailed(String reason);

        void ended(String reason);
    }

    private EngineConnection(Wire wire, Listener listener) {
        this.wire = wire;
        this.listener = listener;
        this.limits = wire.options().limits();
        this.outbox = new Outbox(limits.queuedBytes());
    }

    /** Opens a session within {@code timeout}; throws {@link ClientException}. */
    static EngineConnection open(Wire wire, Listener listener, Duration timeout) throws InterruptedException {
        var connection = new EngineConnection(wire, listener);
        try {
            if (wire.options().mode() == TransportMode.WEBSOCKET) {
                connection.openWebSocket(timeout);
            } else {
                connection.openPolling(timeout);
            }
            return connection;
        } catch (IOException e) {
            connection.end("transport error");
            throw Failures.of(wire.address(), e);
        } catch (ClientException | InterruptedException e) {
            connection.end("transport error");
            throw e;
        }
    }

    Handshake handshake() {
        return required(handshake);
    }

    Duration handshakeTime() {
        return required(handshakeTime);
    }

    Optional<Duration> upgradeTime() {
        return Optional.ofNullable(upgradeTime);
    }

    String transportName() {
        return required(transport).name();
    }

    /** Queues packets that belong together; waits for room as long as the limits say. */
    void send(List<EnginePacket> packets) throws InterruptedException {
        outbox.put(packets, limits.send());
    }

    /** Sends what is queued and ends the session, waiting a moment at most. */
    void close() throws InterruptedException {
        if (ended.get()) {
            return;
        }
        outbox.drain(FAREWELL);
        leaving = true;
        if (line.tryLock(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                if (transport instanceof WebSocketTransport socket) {
                    socket.close();
                } else if (transport instanceof PollingTransport polling) {
                    polling.send(List.of(new EnginePacket.Close()));
                }
            } catch (IOException | ClientException _gone) {
                end("io client disconnect");
            } finally {
                line.unlock();
            }
        }
        end("io client disconnect");
    }

    /** Drops the session at once for a fault of the peer. */
    void end(String reason) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        over.countDown();
        outbox.close();
        abort(transport);
        abort(probing);
        var thread = writer;
        if (thread != null && thread != Thread.currentThread()) {
            thread.interrupt();
        }
        listener.ended(reason);
    }

    private void openPolling(Duration timeout) throws IOException, InterruptedException {
        var polling = new PollingTransport(wire, sink);
        transport = polling;
        var packets = polling.handshake(timeout);
        if (!(packets.getFirst() instanceof EnginePacket.Open open)) {
            throw new ClientException(Kind.NOT_SOCKET_IO,
                    wire.address().page() + " answered without a Socket.IO handshake.");
        }
        var shaken = shake(open);
        polling.poll(shaken.sid(), packets.subList(1, packets.size()));
        start();
        if (wire.options().mode() == TransportMode.UPGRADE && shaken.upgrades().contains("websocket")) {
            Thread.ofVirtual().name("parley-client-upgrade").start(() -> upgrade(polling, shaken.sid()));
        }
    }

    private void openWebSocket(Duration timeout) throws InterruptedException {
        transport = WebSocketTransport.open(wire, wire.address().webSocket(), sink, timeout);
        switch (opening.poll(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            case EnginePacket.Open open -> shake(open);
            case String reason -> throw new ClientException(Kind.NETWORK, "The WebSocket to "
                    + wire.address().page() + " ended before the handshake: " + reason + ".");
            case null, default ->
                throw new ClientException(Kind.TIMEOUT, "The WebSocket to " + wire.address().page()
                        + " opened and then stayed silent; something between may swallow its frames.");
        }
        start();
        if (opening.peek() instanceof String reason) {
            end(reason);
        }
    }

    private Handshake shake(EnginePacket.Open open) {
        var parsed = Handshake.parse(open.json());
        handshake = parsed;
        handshakeTime = Duration.ofNanos(System.nanoTime() - begun);
        heardAt = System.nanoTime();
        return parsed;
    }

    private void start() {
        writer = Thread.ofVirtual().name("parley-client-write").start(this::write);
        Thread.ofVirtual().name("parley-client-heartbeat").start(this::watch);
    }

    private void write() {
        try {
            while (!ended.get()) {
                var batch = outbox.take(handshake().maxPayload());
                line.lockInterruptibly();
                try {
                    if (!batch.isEmpty()) {
                        required(transport).send(batch);
                    }
                } finally {
                    line.unlock();
                }
            }
        } catch (IOException | ClientException e) {
            end("transport error: " + Failures.of(wire.address(), e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Engine.IO 4, "Heartbeat": a server that is silent for pingInterval + pingTimeout is gone. */
    private void watch() {
        try {
            long patience = handshake().patience().toNanos();
            long left = patience;
            while (left > 0 && !over.await(left, TimeUnit.NANOSECONDS)) {
                left = heardAt + patience - System.nanoTime();
            }
            end("ping timeout");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Engine.IO 4, "Upgrade": probe the WebSocket, let polling come to rest, then tell the server to move. */
    private void upgrade(PollingTransport polling, String sid) {
        try {
            var socket = WebSocketTransport.open(wire, wire.address().webSocket(sid), sink, limits.upgrade());
            probing = socket;
            if (ended.get()) {
                socket.abort();
                return;
            }
            socket.send(List.of(new EnginePacket.Ping(PROBE)));
            if (!probed.await(limits.upgrade().toMillis(), TimeUnit.MILLISECONDS)) {
                upgradeFailed(socket, "the WebSocket opened, but the probe was not answered");
                return;
            }
            if (!move(polling, socket)) {
                return;
            }
            var after = Duration.ofNanos(System.nanoTime() - begun);
            upgradeTime = after;
            if (!ended.get()) {
                listener.upgraded(after);
            }
        } catch (IOException | ClientException e) {
            upgradeFailed(probing, Failures.of(wire.address(), e).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From polling to the WebSocket, between two batches of the writer. False if it had to stay. */
    private boolean move(PollingTransport polling, WebSocketTransport socket)
            throws IOException, InterruptedException {
        line.lockInterruptibly();
        try {
            String lost = probeLost;
            if (lost == null && !polling.pause(limits.upgrade())) {
                lost = "the polling request in flight did not end";
            }
            if (lost != null) {
                upgradeFailed(socket, lost);
                return false;
            }
            socket.send(List.of(new EnginePacket.Upgrade()));
            transport = socket;
            probing = null;
            polling.abort();
        } finally {
            if (transport != socket) {
                polling.resume();
            }
            line.unlock();
        }
        if (probeLost != null) {
            end("transport close");
        }
        return true;
    }

    private void upgradeFailed(@Nullable Transport socket, @Nullable String reason) {
        abort(socket);
        probing = null;
        if (!ended.get()) {
            listener.upgradeFailed(reason == null ? "unknown" : reason);
        }
    }

    private static void abort(@Nullable Transport transport) {
        if (transport != null) {
            transport.abort();
        }
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the session is not open yet");
        }
        return value;
    }

    private final class Sink implements Transport.Sink {

        @Override
        public void received(Transport from, EnginePacket packet) throws InterruptedException {
            heardAt = System.nanoTime();
            switch (packet) {
                case EnginePacket.Open open -> opening.offer(open);
                case EnginePacket.Ping ping -> outbox.putUrgent(new EnginePacket.Pong(ping.data()));
                case EnginePacket.Pong pong -> {
                    if (pong.data().equals(PROBE)) {
                        probed.countDown();
                    }
                }
                case EnginePacket.Close close -> end(leaving ? "io client disconnect" : "transport close");
                case EnginePacket.Upgrade upgrade -> {}
                case EnginePacket.Noop noop -> {}
                case EnginePacket.Message message -> listener.message(message);
                case EnginePacket.Binary binary -> listener.message(binary);
            }
        }

        @Override
        public void lost(Transport from, String reason) {
            opening.offer(reason);
            boolean inUse = from.equals(transport);
            if (inUse && handshake != null) {
                // A server that was told goodbye answers the poll that hangs with an error, or just ends it.
                end(leaving ? "io client disconnect" : reason);
            } else if (!inUse) {
                probeLost = reason;
                probed.countDown();
            }
        }
    }
}
