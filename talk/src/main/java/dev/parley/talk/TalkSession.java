package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.Lifecycle;
import dev.parley.client.ReceivedEvent;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation with a server, with the events that a browser uses: opens it, sends a turn for each recording, closes it. If the connection is
 * lost, goes on with the conversation on a new one, as a browser does, if the server has offered a token for that; gives up after
 * {@link TalkOptions#timeout}.
 *
 * <p>
 * Owned by the thread of the command. Handlers of the client and of the sender hold {@code lock}; nothing is sent while it is held. Another
 * thread connects again.
 */
final class TalkSession implements AutoCloseable {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final TalkOptions options;
    private final ProgressPrinter progress;
    private final ConversationOpener opener;
    private final AudioSender sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Resumption resumption = new Resumption();
    /** The present connection, or the attempt to make one. */
    private SocketClient client;
    private @Nullable ConnectionReport connected;
    private @Nullable Thread reconnecting;
    private boolean away;
    private boolean closed;
    private long awayNanos;
    private int resumptions;
    private @Nullable AnswerTracker log;
    private @Nullable String failure;
    private boolean audioReady;
    private @Nullable Duration upgraded;
    private String upgradeFailure = "";

    private TalkSession(TalkOptions options, ProgressPrinter progress) {
        this.options = options;
        this.progress = progress;
        this.opener = new ConversationOpener(options);
        this.client = newClient();
        this.sender = new AudioSender(options.binary(), this::lost);
    }

    private SocketClient newClient() {
        var fresh = opener.newClient();
        fresh.onAny(event -> event(fresh, event));
        fresh.onLifecycle(what -> lifecycle(fresh, what));
        return fresh;
    }

    /** Connects and starts the conversation; throws {@link TalkException} or ClientException. */
    static TalkSession open(TalkOptions options, ProgressPrinter progress) throws InterruptedException {
        var call = new TalkSession(options, progress);
        try {
            call.start();
            return call;
        } catch (RuntimeException | InterruptedException e) {
            call.close();
            throw e;
        }
    }

    /** Sends a recording, waits for the answer and returns both. */
    TurnReport speak(Recording recording) throws InterruptedException {
        long now = System.nanoTime();
        var turn = new AnswerTracker(now, options.patience().toNanos());
        long deadline = now + recording.length().plus(options.timeout()).toNanos();
        lock.lockInterruptibly();
        try {
            log = turn;
        } finally {
            lock.unlock();
        }
        progress.stage("speaking " + recording.file() + " (" + Percentiles.seconds(recording.length()) + ")");
        sender.enqueue(recording, new SendProgress(turn, recording));
        lock.lockInterruptibly();
        try {
            long awayBefore = awayNanos;
            while (away || !turn.isOver(System.nanoTime())) {
                throwIfFailed();
                if (!away && System.nanoTime() > deadline + awayNanos - awayBefore) {
                    throw new TalkException("The answer to " + recording.file() + " was not complete "
                            + Percentiles.seconds(options.timeout())
                            + " after the end of the recording (--timeout).");
                }
                changed.awaitNanos(POLL_INTERVAL.toNanos());
            }
            log = null;
            return TurnReport.of(recording, turn, options.patience().toSeconds());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the state of the connection; valid while the session is open. */
    ConnectionReport connection() {
        lock.lock();
        try {
            if (connected == null || !away) {
                String first = options.mode() == TransportMode.WEBSOCKET ? "websocket" : "polling";
                connected = new ConnectionReport(client.transport(), first, client.connectTime(),
                        Optional.ofNullable(upgraded), upgradeFailure, resumptions);
            }
            return connected;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        SocketClient last;
        lock.lock();
        try {
            closed = true;
            last = client;
            if (reconnecting != null) {
                reconnecting.interrupt();
            }
        } finally {
            lock.unlock();
        }
        sender.close();
        if (last.connected()) {
            try {
                last.emit("stopAudio");
            } catch (ClientException _gone) {
                progress.stage("the connection was already closed");
            }
        }
        last.close();
    }

    private void start() throws InterruptedException {
        progress.stage("connecting to " + options.url());
        client.connect();
        progress.stage("connected by " + client.transport() + ", starting a conversation");
        boolean initialized = initialize(client);
        opener.configure(client);
        if (!awaitAudioReady() && !initialized) {
            throw new TalkException(options.url()
                    + " is a Socket.IO server, but answered neither initializeConnection nor audioStart."
                    + " Check that it is a server for conversations.");
        }
        sender.connected(client, offer());
        sender.open();
    }

    private JsonNode offer() {
        lock.lock();
        try {
            return resumption.offer();
        } finally {
            lock.unlock();
        }
    }

    private boolean initialize(SocketClient to) {
        ObjectNode request;
        lock.lock();
        try {
            request = resumption.request();
        } finally {
            lock.unlock();
        }
        return opener.initialize(to, request);
    }

    private boolean awaitAudioReady() throws InterruptedException {
        long left = opener.confirmation().toNanos();
        lock.lockInterruptibly();
        try {
            while (!audioReady && left > 0) {
                throwIfFailed();
                left = changed.awaitNanos(left);
            }
            return audioReady;
        } finally {
            lock.unlock();
        }
    }

    private void event(SocketClient from, ReceivedEvent event) {
        long now = System.nanoTime();
        JsonNode data = event.values().json(0);
        lock.lock();
        try {
            if (from != client) {
                return;
            }
            resumption.on(event.name(), data);
            switch (event.name()) {
                case "conversation" -> changed.signalAll();
                case "audioReceived" -> sender.confirmed(data.path("count").asLong(0));
                case "audioReady" -> {
                    audioReady = true;
                    changed.signalAll();
                }
                case "error" -> fail("The server reports: " + ServerErrorText.read(data));
                case "streamComplete", "sessionClosed" -> fail("The server ended the conversation.");
                default -> {
                    if (log != null) {
                        tell(log.on(event.name(), data, event.values().bytes(data.path("content")), now));
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(AnswerTracker.Change change) {
        switch (change) {
            case HEARD -> progress.stage("heard");
            case ANSWERED, SOUNDED -> progress.stage("the answer is coming");
            case NONE -> {}
        }
    }

    private void lifecycle(SocketClient from, Lifecycle what) {
        lock.lock();
        try {
            if (from != client) {
                return;
            }
            switch (what) {
                case Lifecycle.Upgraded up -> {
                    upgraded = up.after();
                    progress.stage("upgraded to websocket after " + up.after().toMillis() + " ms");
                }
                case Lifecycle.UpgradeFailed failed -> {
                    upgradeFailure = failed.reason();
                    progress.stage("staying on polling: " + failed.reason());
                }
                case Lifecycle.Disconnected lost -> lost(from, lost.reason());
                case Lifecycle.Connected connected -> {}
                case Lifecycle.Reconnecting again -> {}
                case Lifecycle.GaveUp gone -> {}
            }
        } finally {
            lock.unlock();
        }
    }

    /** A connection is lost: makes another one, if the server has offered to go on with the conversation. */
    private void lost(SocketClient gone, String reason) {
        lock.lock();
        try {
            if (gone != client || away || closed || failure != null) {
                return;
            }
            if (!resumption.isPossible()) {
                fail("The connection was lost: " + ServerErrorText.ended(reason));
                return;
            }
            away = true;
            long begun = System.nanoTime();
            progress.stage("the connection was lost (" + reason + "), connecting again");
            reconnecting = Thread.ofVirtual().name("parley-talk-reconnect").start(() -> {
                gone.close();
                new ReconnectionLoop(() -> resume(begun), options.timeout(),
                        problem -> fail("The connection was lost: " + ServerErrorText.ended(reason)
                                + " The conversation did not go on within "
                                + Percentiles.seconds(options.timeout()) + " (--timeout): "
                                + ServerErrorText.ended(problem)))
                        .run();
            });
        } finally {
            lock.unlock();
        }
    }

    /** Tries once to go on with the conversation on a new connection. Returns what prevented it; empty if nothing is left to try. */
    private String resume(long begun) throws InterruptedException {
        var fresh = newClient();
        lock.lockInterruptibly();
        try {
            if (closed) {
                fresh.close();
                return "";
            }
            client = fresh;
        } finally {
            lock.unlock();
        }
        try {
            fresh.connect();
            if (!initialize(fresh) || !awaitOffer()) {
                fresh.close();
                return "the server did not reply";
            }
            JsonNode offered = offer();
            if (!offered.path("resumed").asBoolean(false)) {
                fail("The connection was lost, and the server no longer knew the conversation.");
                return "";
            }
            fresh.emit("audioStart");
            sender.connected(fresh, offered);
        } catch (ClientException | TalkException e) {
            fresh.close();
            return String.valueOf(e.getMessage());
        }
        lock.lockInterruptibly();
        try {
            away = false;
            resumptions++;
            long now = System.nanoTime();
            awayNanos += now - begun;
            if (log != null) {
                log.resumed(now);
            }
            progress.stage("connected again by " + fresh.transport() + ", the conversation goes on");
            if (!fresh.connected()) {
                lost(fresh, "transport close");
            }
            changed.signalAll();
            return "";
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitOffer() throws InterruptedException {
        long left = opener.confirmation().toNanos();
        lock.lockInterruptibly();
        try {
            while (resumption.isAwaited() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !resumption.isAwaited();
        } finally {
            lock.unlock();
        }
    }

    private void fail(String sentence) {
        lock.lock();
        try {
            if (failure == null) {
                failure = sentence;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw new TalkException(failure);
        }
    }

    /** Records the progress of one recording in its tracker. */
    private final class SendProgress implements AudioSender.Listener {
        private final AnswerTracker turn;
        private final Recording recording;

        SendProgress(AnswerTracker turn, Recording recording) {
            this.turn = turn;
            this.recording = recording;
        }

        @Override
        public void endOfSpeech(long nanos) {
            lock.lock();
            try {
                turn.endOfSpeech(nanos);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void spoken(int chunks) {
            progress.fraction(chunks, recording.chunks());
            if (chunks == recording.chunks()) {
                progress.stage("waiting for the answer to " + recording.file());
            }
        }
    }
}
