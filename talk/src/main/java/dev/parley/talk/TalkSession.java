package dev.parley.talk;

import dev.parley.client.ClientException;
import dev.parley.client.ClientOptions;
import dev.parley.client.EventArguments;
import dev.parley.client.Lifecycle;
import dev.parley.client.Limits;
import dev.parley.client.ReceivedEvent;
import dev.parley.client.SocketClient;
import dev.parley.client.TransportMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One conversation with a server, with the events that a browser uses: opens it, sends a turn for each recording, closes it.
 *
 * <p>
 * Owned by the thread of the command. Handlers of the client and of the sender hold {@code lock}; nothing is sent while it is held.
 */
final class TalkSession implements AutoCloseable {
    /** Timeout of each confirmation at the start; the browser waits 5 to 10 s. */
    private static final Duration CONFIRMATION = Duration.ofSeconds(10);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final TalkOptions options;
    private final ProgressPrinter progress;
    private final SocketClient client;
    private final AudioSender sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable AnswerTracker log;
    private @Nullable String failure;
    private boolean audioReady;
    private @Nullable Duration upgraded;
    private String upgradeFailure = "";

    private TalkSession(TalkOptions options, ProgressPrinter progress) {
        this.options = options;
        this.progress = progress;
        var limits = Limits.defaults().withConnect(options.timeout());
        this.client = new SocketClient(options.url(),
                ClientOptions.defaults()
                        .withPath(options.path())
                        .withMode(options.mode())
                        .withLimits(limits));
        this.sender = new AudioSender(client, options.binary(), this::fail);
        client.onAny(this::event);
        client.onLifecycle(this::lifecycle);
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
            while (!turn.isOver(System.nanoTime())) {
                throwIfFailed();
                if (System.nanoTime() > deadline) {
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
            String first = options.mode() == TransportMode.WEBSOCKET ? "websocket" : "polling";
            return new ConnectionReport(client.transport(), first, client.connectTime(),
                    Optional.ofNullable(upgraded), upgradeFailure);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        sender.close();
        if (client.connected()) {
            try {
                client.emit("stopAudio");
            } catch (ClientException _gone) {
                progress.stage("the connection was already closed");
            }
        }
        client.close();
    }

    private void start() throws InterruptedException {
        progress.stage("connecting to " + options.url());
        client.connect();
        progress.stage("connected by " + client.transport() + ", starting a conversation");
        boolean initialized = initialize();
        ObjectNode prompt = JsonMapper.shared().createObjectNode();
        options.voice().ifPresent(voice -> prompt.put("voiceId", voice));
        client.emit("promptStart", prompt);
        if (options.prompt().isPresent()) {
            client.emit("systemPrompt", options.prompt().get());
        } else {
            client.emit("systemPrompt");
        }
        client.emit("audioStart");
        if (!awaitAudioReady() && !initialized) {
            throw new TalkException(options.url()
                    + " is a Socket.IO server, but answered neither initializeConnection nor audioStart."
                    + " Check that it is a server for conversations.");
        }
        sender.open();
    }

    /** Returns false if the server does not acknowledge, as the oldest ones do not. */
    private boolean initialize() {
        EventArguments answer;
        try {
            answer = client.call("initializeConnection", confirmation());
        } catch (ClientException e) {
            if (e.kind() == ClientException.Kind.TIMEOUT) {
                return false;
            }
            throw e;
        }
        if (!answer.json(0).path("success").asBoolean(false)) {
            throw new TalkException("The server refused the conversation: "
                    + ServerErrorText.brief(answer.json(0).path("error").asString("no reason given")));
        }
        return true;
    }

    private Duration confirmation() {
        return options.timeout().compareTo(CONFIRMATION) < 0 ? options.timeout() : CONFIRMATION;
    }

    private boolean awaitAudioReady() throws InterruptedException {
        long left = confirmation().toNanos();
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

    private void event(ReceivedEvent event) {
        long now = System.nanoTime();
        JsonNode data = event.values().json(0);
        lock.lock();
        try {
            switch (event.name()) {
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

    private void lifecycle(Lifecycle what) {
        lock.lock();
        try {
            switch (what) {
                case Lifecycle.Upgraded up -> {
                    upgraded = up.after();
                    progress.stage("upgraded to websocket after " + up.after().toMillis() + " ms");
                }
                case Lifecycle.UpgradeFailed failed -> {
                    upgradeFailure = failed.reason();
                    progress.stage("staying on polling: " + failed.reason());
                }
                case Lifecycle.Disconnected lost ->
                    fail("The connection was lost: " + ServerErrorText.ended(lost.reason()));
                case Lifecycle.Connected connected -> {}
                case Lifecycle.Reconnecting again -> {}
                case Lifecycle.GaveUp gone -> {}
            }
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
