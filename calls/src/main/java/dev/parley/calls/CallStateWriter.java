package dev.parley.calls;

import dev.parley.calls.state.CallState;
import dev.parley.calls.state.CallStateCodec;
import dev.parley.calls.state.MalformedStateException;
import dev.parley.voice.Alarm;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Input;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of one call where another server finds it. It is written after changes, at most once in {@link #PAUSE} and one at a time, and
 * again each {@link #REFRESH}; it is removed when the conversation ends. A write that finds that another server has taken the call reports
 * {@link Outcome#TAKEN}: then the call ends here. Belongs to the call's owner; results come as messages, which may be posted from any thread.
 */
final class CallStateWriter {

    /** Time between two writes. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    /** Time between two writes without a change, at most; shorter while the browser is away, because it may be at another server. */
    static final Duration REFRESH = Duration.ofSeconds(10);

    static final Duration AWAY_REFRESH = Duration.ofSeconds(2);

    /** How long a browser waits for the state of its call: longer than a short fault of the store, and less than a page waits. */
    static final Duration TAKE_TIMEOUT = Duration.ofSeconds(8);

    /** Time between two attempts to reach a store that fails, for a browser that waits. */
    static final Duration TAKE_PAUSE = Duration.ofMillis(500);

    /** How long a browser that comes back here waits for the store. Afterwards its call goes on: a store that is slow stops nobody. */
    static final Duration CONFIRM_TIMEOUT = Duration.ofMillis(500);

    /** Time between two attempts to store the state of a call that goes on at another server. {@link Calls#close} waits for two seconds. */
    static final Duration HAND_OVER_PAUSE = Duration.ofMillis(200);

    static final int HAND_OVER_ATTEMPTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(CallStateWriter.class);
    private static final SecureRandom CHANCE = new SecureRandom();

    private final Optional<CallStoreOptions> storeOptions;
    private final InstantSource clock;
    private final Alarm alarm;
    private final Supplier<Optional<CallState>> state;
    private final Consumer<CallMessage> post;
    private final String owner = newOwner();
    private String key = "";
    private boolean sought;
    private boolean changed;
    private boolean writing;
    private boolean failing;
    private boolean away;
    private boolean hurried;
    private boolean over;
    private Instant writtenAt = Instant.MIN;
    private Runnable cancel = () -> {};
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

    /** The result of a write. */
    enum Outcome {
        WRITTEN,
        /** Another server has the call now. */
        TAKEN,
        /** The store did not respond, or refused. */
        UNKNOWN
    }

    /**
     * Creates the writer for a call that begins.
     *
     * @param storeOptions empty if calls stay at their server
     * @param state        returns the present state; empty while there is nothing to go on with
     */
    CallStateWriter(Optional<CallStoreOptions> storeOptions, CallRuntime runtime,
            Supplier<Optional<CallState>> state, Consumer<CallMessage> post) {
        this.storeOptions = storeOptions;
        this.clock = runtime.clock();
        this.alarm = runtime.alarm();
        this.state = state;
        this.post = post;
    }

    private static String newOwner() {
        var bytes = new byte[16];
        CHANCE.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Returns the name of a call in the store, which does not reveal its token. */
    static String key(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** Returns whether an input changes what another server has to know. */
    static boolean changes(Input input) {
        return switch (input) {
            case Input.FromBrowser(var command, var _wantsAck) -> !(command instanceof BrowserCommand.Audio);
            case Input.FromModel(var _stream, var event) ->
                !(event instanceof ModelEvent.Audio || event instanceof ModelEvent.Usage);
            case Input.ToolFinished _finished -> true;
            case Input.Notice _notice -> true;
            case Input.Continued _continued -> true;
            case Input.Tick _tick -> false;
            case Input.Disconnected _disconnected -> false;
        };
    }

    /**
     * Whether another server may have what this request asks for. True once.
     *
     * @param genuine whether a server of the cluster can have made a token
     */
    boolean seeks(@Nullable ResumeRequest resume, Predicate<String> genuine) {
        boolean seeks = storeOptions.isPresent() && !sought && resume != null && resume.token() != null
                && genuine.test(resume.token());
        sought |= seeks;
        return seeks;
    }

    /** Takes the state that another server stored; posts {@link CallMessage.Fetched} once, at the timeout at the latest. */
    void fetch(CallMessage.Asked message, BrowserCommand.Initialize asked) {
        CallStoreOptions to = storeOptions.orElseThrow();
        ResumeRequest resume = Objects.requireNonNull(asked.resume());
        String token = Objects.requireNonNull(resume.token());
        var answered = new AtomicBoolean();
        Consumer<Optional<CallState>> answer = found -> {
            if (answered.compareAndSet(false, true)) {
                post.accept(new CallMessage.Fetched(message, asked, resume, found));
            }
        };
        Runnable cancelTimeout = alarm.in(TAKE_TIMEOUT, () -> answer.accept(Optional.empty()));
        take(to, key(token), answered::get, found -> {
            cancelTimeout.run();
            answer.accept(found.flatMap(CallStateWriter::decoded));
        });
    }

    /** Takes a state. Tries again if the store fails, until nobody waits any more. */
    private void take(CallStoreOptions to, String wanted, BooleanSupplier isOver,
            Consumer<Optional<byte[]>> taken) {
        var unused = attempt(() -> to.store().take(wanted, owner, to.lifetime()))
                .whenComplete((bytes, failure) -> {
                    if (failure == null) {
                        taken.accept(bytes);
                    } else if (!isOver.getAsBoolean()) {
                        alarm.in(TAKE_PAUSE, () -> {
                            if (!isOver.getAsBoolean()) {
                                take(to, wanted, isOver, taken);
                            }
                        });
                    }
                });
    }

    private static Optional<CallState> decoded(byte[] bytes) {
        try {
            return Optional.of(CallStateCodec.decode(bytes));
        } catch (MalformedStateException malformed) {
            LOG.atWarn()
                    .addKeyValue("reason", malformed.getMessage())
                    .log("the state of a call cannot be read");
            return Optional.empty();
        }
    }

    /**
     * Something has changed that another server has to know.
     *
     * @param token by which the browser finds the call; empty if there is nothing to find
     */
    void change(Optional<String> token) {
        if (key.isEmpty()) {
            key = token.map(CallStateWriter::key).orElse("");
        }
        change();
    }

    private void change() {
        changed = true;
        plan();
    }

    /** The browser is away, or back. */
    void away(boolean is) {
        away = is;
        change();
    }

    /** Writes each change at once from now on, since clients are moved to other servers. */
    void hurry() {
        hurried = true;
        change();
    }

    /** Writes the state if that is due. */
    void plan() {
        if (key.isEmpty() || over || writing) {
            return;
        }
        cancel.run();
        Instant now = clock.instant();
        Instant due = due();
        if (!now.isBefore(due) || now.isBefore(writtenAt)) { // the clock may have been set back
            write(now);
        } else {
            cancel = alarm.in(Duration.between(now, due), () -> post.accept(new CallMessage.Keep()));
        }
    }

    private Instant due() {
        if (writtenAt.equals(Instant.MIN) || (changed && hurried)) {
            return Instant.MIN;
        }
        Duration refresh = storeOptions.orElseThrow().refresh();
        return writtenAt.plus(changed && !failing ? PAUSE
                : (away || failing) && AWAY_REFRESH.compareTo(refresh) < 0 ? AWAY_REFRESH : refresh);
    }

    private void write(Instant now) {
        Optional<CallState> present = state.get();
        changed = false;
        writtenAt = now;
        if (present.isEmpty()) {
            delete();
            return;
        }
        writing = true;
        var unused = put(present.get()).thenAccept(outcome -> post.accept(new CallMessage.Kept(outcome)));
    }

    private CompletableFuture<Outcome> put(CallState present) {
        CallStoreOptions to = storeOptions.orElseThrow();
        return attempt(() -> to.store().put(key, owner, CallStateCodec.encode(present), to.lifetime()))
                .handle((stored, failure) -> failure != null ? Outcome.UNKNOWN
                        : stored ? Outcome.WRITTEN : Outcome.TAKEN);
    }

    /** A store that throws is one that fails. */
    private static <T> CompletableFuture<T> attempt(Supplier<CompletionStage<T>> call) {
        try {
            return call.get().toCompletableFuture();
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    /** A write has ended. Logs one line for each series of failures. */
    void written(Outcome outcome) {
        writing = false;
        boolean failed = outcome == Outcome.UNKNOWN;
        if (failed && !failing) {
            LOG.warn("the state of a call cannot be stored; if this server ends, its conversation is lost");
        }
        failing = failed;
        if (outcome == Outcome.TAKEN) {
            lose();
        } else {
            plan();
        }
    }

    /** Another server has the call: nothing is written or removed any more. */
    void lose() {
        over = true;
        cancel.run();
    }

    /** Asks the store whether this server still has the call; posts {@link CallMessage.Confirmed} once. */
    void confirm(CallMessage.Back back) {
        Optional<CallState> present = key.isEmpty() || over ? Optional.empty() : state.get();
        if (present.isEmpty()) {
            post.accept(new CallMessage.Confirmed(back, Outcome.UNKNOWN));
            return;
        }
        var answered = new AtomicBoolean();
        Consumer<Outcome> answer = outcome -> {
            if (answered.compareAndSet(false, true)) {
                post.accept(new CallMessage.Confirmed(back, outcome));
            }
        };
        Runnable cancelTimeout = alarm.in(CONFIRM_TIMEOUT, () -> answer.accept(Outcome.UNKNOWN));
        var unused = put(present.get()).thenAccept(outcome -> {
            cancelTimeout.run();
            answer.accept(outcome);
        });
    }

    /** The conversation goes on at another server: stores it as it is. Tries again if the store fails, for a short time. */
    void handOver() {
        Optional<CallState> present = key.isEmpty() || over ? Optional.empty() : state.get();
        if (present.isPresent()) {
            lose();
            var done = new CompletableFuture<@Nullable Void>();
            last = done;
            handOver(present.get(), HAND_OVER_ATTEMPTS, done);
        }
    }

    private void handOver(CallState present, int attempts, CompletableFuture<@Nullable Void> done) {
        var unused = put(present).thenAccept(outcome -> {
            if (outcome == Outcome.UNKNOWN && attempts > 1) {
                alarm.in(HAND_OVER_PAUSE, () -> handOver(present, attempts - 1, done));
            } else {
                done.complete(null);
            }
        });
    }

    /**
     * The conversation is over, unless it goes on at another server: removes its state.
     *
     * @return completed when the store has done what it was told last, or has failed
     */
    CompletableFuture<?> end() {
        if (!over) {
            delete();
        }
        lose();
        return last;
    }

    private void delete() {
        String gone = key;
        key = "";
        writtenAt = Instant.MIN;
        if (!gone.isEmpty()) {
            last = attempt(() -> storeOptions.orElseThrow().store().delete(gone, owner));
        }
    }
}
