package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.evidence.Response;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.MachineDriver;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.ClientEffect;
import dev.parley.protocol.session.ClientFailure;
import dev.parley.protocol.session.ClientInput;
import dev.parley.protocol.session.ClientSession;
import dev.parley.protocol.session.ClientSessionOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session on one transport, or one that upgrades: the machine {@link ClientSession}, over the doctor's own connections. Thread-safe: a lock guards the machine,
 * and each request, write and reader has a virtual thread.
 */
public final class MachineSession implements ProbeSession {
    /** Longer than any sensible ping interval; closing the session ends the poll earlier. */
    private static final Duration HOLD = Duration.ofMinutes(3);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final int MAX_PACKETS = 4_096;
    private static final long BETWEEN_POLLS = Duration.ofMillis(100).toNanos();
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final ProbeClient client;
    private final TransportKind transport;
    private final Instant begunAt = Instant.now();
    private final long begun = System.nanoTime();
    private final CookieJar jar = new CookieJar();
    private final PollingConnections polling;
    private final PacketQueue incoming = new PacketQueue();
    private final ClientSession session;
    private final Driver driver = new Driver();
    private final ReentrantLock lock = new ReentrantLock();
    private final SendTickets tickets = new SendTickets();
    private final CompletableFuture<EngineHandshake> opened = new CompletableFuture<>();
    private final CompletableFuture<Outcome> ended = new CompletableFuture<>();
    private final CompletableFuture<Optional<ClientFailure>> upgrade = new CompletableFuture<>();
    private volatile UpgradeSteps steps = UpgradeSteps.NONE;
    private CompletableFuture<@Nullable Void> timer = CompletableFuture.completedFuture(null);
    private volatile Outcome lastPoll = new Outcome.Failed(timeout(), Duration.ZERO);
    private volatile @Nullable WebSocketConnection socket;
    private final AtomicInteger endedPolls = new AtomicInteger();

    /** A failure of a connection, with its outcome as the doctor recorded it. */
    private record Lost(Outcome outcome) implements ClientFailure.Transport {
        @Override
        public String reason() {
            return new SessionEndedException(outcome).description();
        }
    }

    private MachineSession(ProbeClient client, TransportKind transport, boolean upgrades) {
        this.client = client;
        this.transport = transport;
        this.polling = new PollingConnections(client, jar);
        this.session = new ClientSession(new ClientSessionOptions(client.revision(), transport, upgrades,
                upgrades ? client.responseTimeout() : HOLD, CLOSE_TIMEOUT, MAX_PACKETS));
    }

    /** Opens a session that stays on its transport, and reads its handshake. */
    public static MachineSession open(ProbeClient client, TransportKind transport)
            throws SessionEndedException {
        return open(new MachineSession(client, transport, false));
    }

    /** Opens a session on polling that upgrades to WebSocket as the published clients do, and reads its handshake. */
    public static MachineSession openUpgrading(ProbeClient client) throws SessionEndedException {
        return open(new MachineSession(client, TransportKind.POLLING, true));
    }

    private static MachineSession open(MachineSession session) throws SessionEndedException {
        session.accept(new ClientInput.Started());
        CompletableFuture.anyOf(session.opened, session.ended).join();
        if (!session.opened.isDone()) {
            throw new SessionEndedException(session.ended.join());
        }
        return session;
    }

    public EngineHandshake handshake() {
        return opened.join();
    }

    /** Waits until the session has upgraded; returns the reason if the upgrade has failed. Ends with the client's time. */
    public Optional<ClientFailure> awaitUpgrade() {
        var over = ended.thenApply(how -> Optional.<ClientFailure>of(new Lost(how)));
        return upgrade.applyToEither(over, why -> why)
                .completeOnTimeout(Optional.of(new Lost(new Outcome.Failed(timeout(), Duration.ZERO))),
                        Math.max(0, client.timeLeft().toNanos()), TimeUnit.NANOSECONDS)
                .join();
    }

    /** Returns whether a failure means that something did not come in time. */
    public boolean isSilence(ClientFailure why) {
        return why == ClientFailure.Cause.NOT_OPENED || why == ClientFailure.Cause.PROBE_UNANSWERED
                || why == ClientFailure.Cause.POLLING_NOT_ENDED || why == ClientFailure.Cause.SILENCE
                || (why instanceof Lost lost && lost.outcome().isSilence());
    }

    /** Returns the steps of the upgrade so far. */
    public UpgradeSteps upgradeSteps() {
        return steps;
    }

    /** Returns whether the pending poll ended without a message after the WebSocket had opened: so does a server that received the probe. */
    public boolean pollEnded() {
        return endedPolls.get() > 0;
    }

    @Override
    public String transport() {
        return transport.text();
    }

    @Override
    public void send(List<EnginePacket> packets) throws SessionEndedException {
        CompletableFuture<Boolean> sent;
        lock.lock();
        try {
            sent = ended.isDone() ? CompletableFuture.completedFuture(false) : tickets.queue(packets);
            driver.feed(new ClientInput.Send(packets));
        } finally {
            lock.unlock();
        }
        try {
            if (!sent.get()) {
                throw new SessionEndedException(ended.join());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionEndedException(closedBy("interrupted"));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public @Nullable EnginePacket next(Duration timeout) throws SessionEndedException, InterruptedException {
        return incoming.next(timeout);
    }

    /** Closes the session with a close packet or close frame, and waits briefly until it has been sent. */
    @Override
    public void close() {
        accept(new ClientInput.CloseRequested());
        try {
            long limit = ProbeClient.shorterOf(CLOSE_TIMEOUT, client.timeLeft()).toNanos();
            ended.get(Math.max(0, limit), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drop();
        } catch (ExecutionException | TimeoutException _unanswered) {
            drop();
        }
    }

    @Override
    public void drop() {
        accept(new ClientInput.Dropped(ClientFailure.Cause.LEFT));
    }

    private void accept(ClientInput input) {
        lock.lock();
        try {
            driver.feed(input);
        } finally {
            lock.unlock();
        }
    }

    /** Records that a batch was sent, and feeds the input that reports it. */
    private void left(List<EnginePacket> batch, ClientInput input) {
        lock.lock();
        try {
            tickets.left(batch);
            driver.feed(input);
        } finally {
            lock.unlock();
        }
    }

    private void poll() {
        boolean first = !opened.isDone();
        String target = first ? client.handshakeTarget() : client.pollingTarget(handshake().sid());
        VIRTUAL.execute(() -> {
            // A server ends each poll after a probe whose response is lost on the way.
            LockSupport.parkNanos(endedPolls.get() > 1 && !upgrade.isDone() ? BETWEEN_POLLS : 0);
            var outcome = polling.get(target, first ? client.responseTimeout() : HOLD);
            lastPoll = outcome;
            if (socket != null && client.codec().isNoop(outcome)) {
                endedPolls.incrementAndGet();
            }
            if (first) {
                outcome.response().map(Response::headers).ifPresent(jar::store);
            }
            accept(outcome.response()
                    .filter(response -> first || response.status() == 200)
                    .map(response -> received(response.body()))
                    .orElse(new ClientInput.PollFailed(new Lost(outcome))));
        });
    }

    private ClientInput received(byte[] body) {
        return client.revision() == EngineRevision.V3 && PacketCodec.isBinary(body)
                ? new ClientInput.BinaryPollReceived(body)
                : new ClientInput.PollReceived(new String(body, StandardCharsets.UTF_8));
    }

    private void post(List<EnginePacket> packets) {
        String target = client.pollingTarget(handshake().sid());
        VIRTUAL.execute(() -> {
            var outcome = polling.post(target, client.codec().payload(packets), client.responseTimeout());
            if (outcome.hasStatus(200)) {
                left(packets, new ClientInput.PostSent());
            } else {
                accept(new ClientInput.PostFailed(new Lost(outcome)));
            }
        });
    }

    private void openWebSocket() {
        VIRTUAL.execute(() -> {
            boolean upgrades = transport == TransportKind.POLLING;
            long since = System.nanoTime();
            var attempt = WebSocketAttempt.open(client,
                    upgrades ? Optional.of(handshake().sid()) : Optional.empty(), jar);
            steps = UpgradeSteps.of(attempt, ProbeClient.elapsedSince(since));
            var connection = attempt.connection();
            if (connection == null) {
                accept(new ClientInput.WebSocketLost(new Lost(attempt.outcome())));
                return;
            }
            socket = connection;
            accept(new ClientInput.WebSocketOpened());
            // The upgrade cannot have succeeded before a frame was read: it has failed meanwhile.
            if (upgrade.isDone()) {
                connection.abort();
                return;
            }
            read(connection, since);
        });
    }

    private void read(WebSocketConnection from, long since) {
        try {
            while (!ended.isDone()) {
                var frame = from.read(opened.isDone() ? HOLD : client.responseTimeout());
                if (steps.probed().isEmpty()) {
                    steps = steps.probedAfter(ProbeClient.elapsedSince(since));
                }
                switch (frame) {
                    case Frame.Text text -> accept(new ClientInput.TextReceived(text.text()));
                    case Frame.Binary binary -> accept(new ClientInput.BinaryReceived(binary.data()));
                    case Frame.Closed closed -> {
                        accept(new ClientInput.WebSocketLost(
                                new Lost(closedBy("close code " + closed.code()))));
                        return;
                    }
                }
            }
        } catch (WireException e) {
            accept(new ClientInput.WebSocketLost(new Lost(new Outcome.Failed(e.failure(), Duration.ZERO))));
        } finally {
            from.abort();
        }
    }

    private void write(List<EnginePacket> packets) {
        var to = socket;
        VIRTUAL.execute(() -> {
            try {
                if (to != null) {
                    client.codec().write(packets, to);
                }
                left(packets, new ClientInput.Written());
            } catch (WireException e) {
                accept(new ClientInput.WebSocketLost(
                        new Lost(new Outcome.Failed(e.failure(), Duration.ZERO))));
            }
        });
    }

    private void deliver(EnginePacket packet) {
        if (!incoming.offer(packet)) {
            accept(new ClientInput.Dropped(new Lost(closedBy("too many unread packets"))));
        }
    }

    private void wakeAt(Instant at) {
        timer.cancel(false);
        timer = new CompletableFuture<>();
        long nanos = Math.max(0, Duration.between(driver.now(), at).toNanos());
        var unused = timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> accept(new ClientInput.Tick()), VIRTUAL);
    }

    private void closed(ClientFailure why) {
        timer.cancel(false);
        polling.close();
        var how = outcome(why);
        ended.complete(how);
        incoming.end(how);
        tickets.end();
    }

    private Outcome outcome(ClientFailure why) {
        boolean onPolling = session.transport() == TransportKind.POLLING;
        if (why instanceof Lost lost) {
            return lost.outcome();
        }
        if (why == ClientFailure.Cause.LEFT) {
            return closedBy("closed by the doctor");
        }
        if (why == ClientFailure.Cause.SILENCE) {
            return new Outcome.Failed(timeout(), Duration.ZERO);
        }
        // The remaining packets were in the last response, or in a frame.
        if (onPolling) {
            return lastPoll;
        }
        if (!opened.isDone()) {
            return new Outcome.Failed(timeout(), Duration.ZERO);
        }
        return closedBy(
                why == ClientFailure.Cause.CLOSED_BY_SERVER ? "close packet" : "a frame that is no packet");
    }

    private static Outcome closedBy(String how) {
        return new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.CLOSED, how), Duration.ZERO);
    }

    private static ConnectionFailure timeout() {
        return new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, "");
    }

    /** Drives the machine. */
    private final class Driver extends MachineDriver<ClientInput, ClientEffect> {

        @Override
        protected List<ClientEffect> on(ClientInput input, Instant now) {
            return session.on(input, now);
        }

        @Override
        protected Instant now() {
            return begunAt.plusNanos(System.nanoTime() - begun);
        }

        @Override
        protected void perform(ClientEffect effect, ClientInput cause) {
            switch (effect) {
                case ClientEffect.Poll poll -> poll();
                case ClientEffect.Post post -> post(post.packets());
                case ClientEffect.OpenWebSocket open -> openWebSocket();
                case ClientEffect.Write write -> write(write.packets());
                case ClientEffect.CloseWebSocket close -> {
                    if (socket != null) {
                        socket.close();
                    }
                }
                case ClientEffect.AbortWebSocket abort -> {
                    if (socket != null) {
                        socket.abort();
                    }
                }
                case ClientEffect.AbortPolling abort -> polling.close();
                case ClientEffect.Opened open -> opened.complete(open.handshake());
                case ClientEffect.Deliver deliver -> deliver(deliver.packet());
                case ClientEffect.Closed closed -> closed(closed.why());
                case ClientEffect.Wake wake -> wakeAt(wake.at());
                case ClientEffect.Upgraded upgraded -> upgrade.complete(Optional.empty());
                case ClientEffect.UpgradeFailed failed -> upgrade.complete(Optional.of(failed.why()));
            }
        }
    }
}
