package dev.parley.client;

import dev.parley.client.ClientException.Kind;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link ClientSession} over the JDK's HTTP client: feeds it the outcomes of requests, and performs its effects. Thread-safe: a
 * lock guards the machine, and no effect blocks. It has no thread of its own: responses, messages and timers arrive on virtual threads of
 * the HTTP client and the JDK.
 */
final class EngineConnection {
    private static final Duration FAREWELL = Duration.ofSeconds(1);
    private static final int MAX_PACKETS = 100_000;
    private static final Executor VIRTUAL = Thread::startVirtualThread;

    private final Wire wire;
    private final Listener listener;
    private final Limits limits;
    private final Duration timeout;
    private final Instant begunAt = Instant.now();
    private final long begun = System.nanoTime();
    private final ClientSession session;
    private final ReentrantLock lock = new ReentrantLock();
    private final Driver driver = new Driver();
    private final SendRoom room;
    private final PollingTransport polling;
    private final CompletableFuture<EngineHandshake> handshake = new CompletableFuture<>();
    private final CompletableFuture<String> over = new CompletableFuture<>();
    private CompletableFuture<@Nullable Void> timer = CompletableFuture.completedFuture(null);
    private @Nullable WebSocketTransport webSocket;
    private volatile CompletableFuture<?> closeFrame = CompletableFuture.completedFuture(null);
    private volatile TransportKind transport;
    private volatile boolean webSocketOpened;
    private volatile @Nullable Duration handshakeTime;
    private volatile @Nullable Duration upgradeTime;

    /** The layer above. Its methods are called by one thread at a time. They must not block, except for {@link #awaitRoom}. */
    interface Listener {

        /** Waits until the layer above accepts more messages. */
        void awaitRoom() throws InterruptedException;

        void message(EnginePacket packet);

        void upgraded(Duration after);

        void upgradeFailed(String reason);

        void ended(String reason);
    }

    private EngineConnection(Wire wire, Listener listener, Duration timeout) {
        this.wire = wire;
        this.listener = listener;
        this.timeout = timeout;
        this.limits = wire.options().limits();
        this.room = new SendRoom(limits.queuedBytes());
        this.polling = new PollingTransport(wire);
        var mode = wire.options().mode();
        this.transport = mode == TransportMode.WEBSOCKET ? TransportKind.WEBSOCKET : TransportKind.POLLING;
        this.session = new ClientSession(new ClientSessionOptions(EngineRevision.V4, transport,
                mode == TransportMode.UPGRADE, limits.upgrade(), FAREWELL, MAX_PACKETS));
    }

    /** Opens a session within {@code timeout}; throws {@link ClientException}. */
    static EngineConnection open(Wire wire, Listener listener, Duration timeout) throws InterruptedException {
        var connection = new EngineConnection(wire, listener, timeout);
        connection.accept(new ClientInput.Started());
        try {
            connection.handshake.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return connection;
        } catch (TimeoutException e) {
            connection.end("transport error");
            throw connection.late();
        } catch (ExecutionException e) {
            connection.end("transport error");
            throw ClientFailures.of(wire.address(), cause(e));
        } catch (InterruptedException e) {
            connection.end("transport error");
            throw e;
        }
    }

    EngineHandshake handshake() {
        return handshake.join();
    }

    Duration handshakeTime() {
        return Optional.ofNullable(handshakeTime).orElseThrow();
    }

    Optional<Duration> upgradeTime() {
        return Optional.ofNullable(upgradeTime);
    }

    String transportName() {
        return transport.text();
    }

    /**
     * Queues packets that belong together; waits for room as long as the limits allow.
     *
     * @throws ClientException if there is no room in time, or if the session is closed before or during the wait
     */
    void send(List<EnginePacket> packets) throws InterruptedException {
        room.take(ClientSession.size(packets), limits.send());
        lock.lock();
        try {
            // The session may have been closed after room was found; then it would drop the packets.
            if (!session.accepts()) {
                throw SendRoom.closed();
            }
            driver.feed(new ClientInput.Send(packets));
        } finally {
            lock.unlock();
        }
    }

    /** Sends the queued packets and closes the session, within about a second. */
    void close() throws InterruptedException {
        accept(new ClientInput.CloseRequested());
        try {
            over.get(2 * FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            closeFrame.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _gone) {
            end("io client disconnect");
        }
    }

    /** Ends the session at once. */
    void end(String reason) {
        accept(new ClientInput.Dropped(new Loss(reason)));
    }

    private void accept(ClientInput input) {
        lock.lock();
        try {
            driver.feed(input);
        } finally {
            lock.unlock();
        }
    }

    /** Feeds an input of the server once the layer above accepts more messages. */
    private void acceptWhenRoom(ClientInput input) {
        try {
            listener.awaitRoom();
            accept(input);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end("interrupted");
        }
    }

    private ClientException late() {
        String page = wire.address().page();
        return new ClientException(Kind.TIMEOUT,
                webSocketOpened
                        ? "The WebSocket to " + page
                                + " opened and then stayed silent; something between may swallow its frames."
                        : page + " did not answer in time.");
    }

    private void poll() {
        if (handshake.isCompletedExceptionally()) {
            return; // The session is dropped in a moment.
        }
        var response = handshake.isDone() ? polling.poll() : polling.handshake(timeout);
        var unused = response.whenCompleteAsync((body, failure) -> {
            if (failure == null) {
                acceptWhenRoom(new ClientInput.PollReceived(body));
            } else {
                failed(failure, ClientInput.PollFailed::new);
            }
        }, VIRTUAL);
    }

    private void post(List<EnginePacket> packets) {
        var unused = polling.post(packets).whenCompleteAsync((ok, failure) -> {
            if (failure == null) {
                accept(new ClientInput.PostSent());
            } else {
                failed(failure, ClientInput.PostFailed::new);
            }
        }, VIRTUAL);
        room.give(packets);
    }

    private void openWebSocket() {
        if (handshake.isCompletedExceptionally()) {
            return; // The session is dropped in a moment.
        }
        boolean upgrade = handshake.isDone();
        var opening = new WebSocketTransport(wire, new Frames());
        webSocket = opening;
        var uri = upgrade ? wire.address().webSocket(handshake().sid()) : wire.address().webSocket();
        var unused = opening.open(uri, upgrade ? limits.upgrade() : timeout)
                .whenCompleteAsync((ok, failure) -> {
                    if (failure == null) {
                        webSocketOpened = true;
                        accept(new ClientInput.WebSocketOpened());
                    } else {
                        var known = ClientFailures.of(wire.address(), cause(failure));
                        handshake.completeExceptionally(known);
                        lost(opening, String.valueOf(known.getMessage()));
                    }
                }, VIRTUAL);
    }

    private void write(List<EnginePacket> packets) {
        var to = webSocket;
        if (to != null) {
            var unused = to.write(packets).whenCompleteAsync((ok, failure) -> {
                if (failure == null) {
                    accept(new ClientInput.Written());
                } else {
                    lost(to, to.lossOr("transport error: " + message(failure)));
                }
            }, VIRTUAL);
        }
        room.give(packets);
    }

    private void failed(Throwable failure, Function<ClientFailure.Transport, ClientInput> input) {
        var cause = cause(failure);
        if (!(cause instanceof CancellationException)) {
            handshake.completeExceptionally(cause);
            accept(input.apply(new Loss("transport error: " + message(cause))));
        }
    }

    private void lost(WebSocketTransport from, String reason) {
        // Also after a write that failed: the connection may still be open.
        from.abort();
        lock.lock();
        try {
            if (from.equals(webSocket)) {
                webSocket = null;
                driver.feed(new ClientInput.WebSocketLost(new Loss(reason)));
            }
        } finally {
            lock.unlock();
        }
    }

    private String message(Throwable failure) {
        return String.valueOf(ClientFailures.of(wire.address(), cause(failure)).getMessage());
    }

    private static Throwable cause(Throwable failure) {
        var cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void opened(EngineHandshake read) {
        var fault = ClientFailures.of(read);
        if (fault.isPresent()) {
            handshake.completeExceptionally(fault.get());
            end("transport error");
            return;
        }
        polling.use(read.sid());
        handshakeTime = Duration.ofNanos(System.nanoTime() - begun);
        handshake.complete(read);
    }

    private void closed(ClientFailure why) {
        timer.cancel(false);
        room.close();
        handshake.completeExceptionally(notOpened(why));
        over.complete(why.reason());
        listener.ended(why.reason());
    }

    private ClientException notOpened(ClientFailure why) {
        String page = wire.address().page();
        if (why instanceof ClientFailure.Malformed malformed && malformed.handshake()) {
            return new ClientException(Kind.PROTOCOL,
                    "The server's handshake is malformed: " + malformed.detail() + ".");
        }
        if (transport == TransportKind.WEBSOCKET) {
            return new ClientException(Kind.NETWORK,
                    "The WebSocket to " + page + " ended before the handshake: " + why.reason() + ".");
        }
        return why == ClientFailure.Cause.NO_HANDSHAKE
                ? new ClientException(Kind.NOT_SOCKET_IO, page + " answered without a Socket.IO handshake.")
                : new ClientException(Kind.NOT_SOCKET_IO, page + " answered something that is not Socket.IO.",
                        200);
    }

    private void wakeAt(Instant at) {
        timer.cancel(false);
        timer = new CompletableFuture<>();
        long nanos = Math.max(0, Duration.between(driver.now(), at).toNanos());
        var unused = timer.completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS)
                .thenRunAsync(() -> accept(new ClientInput.Tick()), VIRTUAL);
    }

    /** Feeds the frames of the WebSocket in use. */
    private final class Frames implements WebSocketTransport.Receiver {

        @Override
        public void text(WebSocketTransport from, String text) {
            acceptWhenRoom(new ClientInput.TextReceived(text));
        }

        @Override
        public void binary(WebSocketTransport from, byte[] data) {
            acceptWhenRoom(new ClientInput.BinaryReceived(data));
        }

        @Override
        public void lost(WebSocketTransport from, String reason) {
            EngineConnection.this.lost(from, reason);
        }
    }

    /** Drives the machine. */
    private final class Driver extends MachineDriver<ClientInput, ClientEffect> {

        @Override
        protected List<ClientEffect> on(ClientInput input, Instant now) {
            return session.on(input, now);
        }

        /** Returns an instant that moves with the timer of the JDK, so that a change of the wall clock ends no session. */
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
                    if (webSocket != null) {
                        closeFrame = webSocket.close();
                        webSocket = null;
                    }
                }
                case ClientEffect.AbortWebSocket abort -> {
                    if (webSocket != null) {
                        webSocket.abort();
                        webSocket = null;
                    }
                }
                case ClientEffect.AbortPolling abort -> polling.abort();
                case ClientEffect.Opened opened -> opened(opened.handshake());
                case ClientEffect.Deliver deliver -> listener.message(deliver.packet());
                case ClientEffect.Upgraded upgraded -> {
                    var after = Duration.ofNanos(System.nanoTime() - begun);
                    transport = TransportKind.WEBSOCKET;
                    upgradeTime = after;
                    listener.upgraded(after);
                }
                case ClientEffect.UpgradeFailed failed -> listener.upgradeFailed(failed.why().reason());
                case ClientEffect.Closed closed -> closed(closed.why());
                case ClientEffect.Wake wake -> wakeAt(wake.at());
            }
        }
    }

    /** A failure of the network, with the exception's message. */
    private record Loss(String reason) implements ClientFailure.Transport {}
}
