package dev.parley.voice.nova;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One conversation over many streams of Nova Sonic, each of which lives eight minutes at most, as a machine: {@code on(input, now)} returns
 * what to do. From above it is one stream without an end; nobody notices when it changes to the next one.
 *
 * <p>
 * A stream is left at a quiet point, once it is old enough or its credentials are about to run out ({@link RelayOptions}). The next stream is
 * told the history, hears the user's latest unanswered sound again, and takes over when the service has answered it; until then both
 * hear the user, and what the old one makes of a new turn is withheld. A stream that fails recoverably is replaced in the same way.
 *
 * <p>
 * Not thread-safe: its owner calls it from one thread at a time, instants not running backwards. Everything it keeps is bounded.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>input</th><th>from</th><th>to</th></tr>
 * <tr><td>the first command</td><td>NEW</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>time for the next stream</td><td>RUNNING</td><td>same: opens {@code next} beside {@code active}</td></tr>
 * <tr><td>connected({@code next})</td><td>RUNNING</td><td>same: {@code next} becomes {@code active}, the old one is closed</td></tr>
 * <tr><td>over({@code active}), recoverable</td><td>RUNNING</td><td>RESTARTING</td></tr>
 * <tr><td>back-off is over</td><td>RESTARTING</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>over, fatal or once too often</td><td>RUNNING</td><td>OVER: Failed</td></tr>
 * <tr><td>close</td><td>RUNNING</td><td>CLOSING; from any other OVER: Ended</td></tr>
 * <tr><td>over(all streams)</td><td>CLOSING</td><td>OVER: Ended</td></tr>
 * </table>
 */
public final class Relay {

    /** A prompt must begin with one. */
    static final String STANDARD_PROMPT = "You are a friendly assistant. Answer briefly, as people do when they talk.";
    private static final String SAY = "Say this to the user now, in your own words: ";
    private static final Duration RETRY_MOVE = Duration.ofSeconds(5);
    /** The model answers only while sound flows, and gives up a stream without any. */
    private static final Duration SOUND_GAP = Duration.ofMillis(250);
    private static final Duration SILENCE_EVERY = Duration.ofMillis(96);
    private static final int SILENCE_BYTES = 96 * 32;
    private static final int MAX_WITHHELD = 1_024;

    private final String id;
    private final StreamSettings settings;
    private final Dialect dialect;
    private final RelayOptions options;
    private final Renewal renewal;
    private final Restarts restarts;
    private final Turns turns;
    private final CarryOver carry = new CarryOver();
    private final UsageSum usage = new UsageSum();
    private final Map<Integer, Leg> closing = new HashMap<>();
    private final List<ModelEvent> withheld = new ArrayList<>();

    private State state = State.NEW;
    private String system = STANDARD_PROMPT;
    private @Nullable Leg active;
    private @Nullable Leg next;
    /** The former active one, while it finishes an answer that it could not be kept for. */
    private @Nullable Leg finishing;
    private boolean withholding;
    private int legs;
    private Instant restartAt = Instant.MAX;
    private Instant moveBy = Instant.MAX;
    private Instant noMoveBefore = Instant.MIN;
    private Instant soundDue = Instant.MAX;
    private final Outbox out = new Outbox();
    private Instant now = Instant.MIN;

    private enum State {
        NEW,
        RUNNING,
        RESTARTING,
        CLOSING,
        OVER
    }

    /** @param id unique among all conversations; the names of prompts and blocks follow from it */
    public Relay(String id, StreamSettings settings, Dialect dialect, RelayOptions options,
            RandomGenerator chance) {
        this.id = id;
        this.settings = settings;
        this.dialect = dialect;
        this.options = options;
        this.renewal = new Renewal(options);
        this.restarts = new Restarts(options, chance);
        this.turns = new Turns(new History(options.historyMessages(), options.historyBytes()));
    }

    /** Feeds one input and returns what to do, in order. */
    public List<RelayEffect> on(RelayInput input, Instant instant) {
        now = instant;
        if (state == State.OVER) {
            return List.of();
        }
        switch (input) {
            case RelayInput.Command(var command) -> command(command);
            case RelayInput.Connected(var stream, var credentialsEnd) -> {
                Leg leg = leg(stream);
                if (leg != null) {
                    leg.connected = true;
                    leg.credentialsEnd = credentialsEnd;
                    takeOver(leg);
                }
            }
            case RelayInput.Told(var stream, var event) -> told(stream, event);
            case RelayInput.Over(var stream, var why) -> over(stream, why);
            case RelayInput.Tick _tick -> out.woken(now);
        }
        advance();
        out.wake(switch (state) {
            case RUNNING -> soundDue;
            case RESTARTING -> restartAt;
            case NEW, CLOSING, OVER -> Instant.MAX;
        });
        return out.take();
    }

    private void command(ModelCommand command) {
        if (state == State.CLOSING) {
            return;
        }
        if (command instanceof ModelCommand.Close) {
            close();
            return;
        }
        if (state == State.NEW) {
            if (command instanceof ModelCommand.SystemPrompt(var text) && !text.isBlank()) {
                system = text;
            }
            state = State.RUNNING;
            active = begin();
        }
        switch (command) {
            case ModelCommand.SystemPrompt _given -> {} // fixed once a stream is open
            case ModelCommand.Audio(var pcm) -> sound(pcm);
            case ModelCommand.Text(var content) -> ask(content);
            case ModelCommand.Notice(var text) -> ask(SAY + text);
            case ModelCommand.ToolResult(var use, var json) -> toolResult(use, json);
            case ModelCommand.Close _close -> {}
        }
    }

    private void sound(byte[] pcm) {
        boolean precious = state == State.RESTARTING || carry.unansweredSince().isPresent();
        carry.add(pcm, now, precious ? options.outage() : options.carryOver());
        soundDue = now.plus(SOUND_GAP);
        hear(pcm);
    }

    private void hear(byte[] pcm) {
        if (state == State.RUNNING) {
            for (Leg leg : new Leg[]{active, next}) {
                if (leg != null) {
                    out.send(leg, List.of(leg.sound(pcm)));
                }
            }
        }
    }

    private void ask(String text) {
        if (!dialect.typedInput()) {
            return;
        }
        turns.asked(text, now);
        if (state != State.RUNNING) {
            return;
        }
        withholding = next != null;
        for (Leg leg : new Leg[]{active, next}) {
            if (leg != null) {
                leg.asked.add(text);
                out.send(leg, leg.typed(text));
            }
        }
    }

    private void toolResult(String use, String json) {
        String object = json.strip().startsWith("{") ? json : "{\"result\":" + json + "}";
        if (turns.finished(use) && active != null) {
            out.send(active, active.toolResult(use, object));
        } else {
            turns.late(use, object).ifPresent(this::ask);
        }
    }

    private void told(int stream, OutputEvent event) {
        Leg leg = leg(stream);
        if (leg == null) {
            return;
        }
        takeOver(leg);
        for (ModelEvent meaning : leg.listener.on(event)) {
            if (meaning instanceof ModelEvent.Usage used) {
                out.tell(usage.of(stream, used));
            } else if (leg == active) {
                fromActive(leg, meaning);
            } else if (leg == finishing
                    || (state == State.RUNNING && spoken(meaning) && turns.awaitsFinalText())) {
                fromOld(leg, meaning);
            }
        }
    }

    private void fromActive(Leg leg, ModelEvent event) {
        withholding |= next != null && event instanceof ModelEvent.UserText;
        if (next == null || !withholding) {
            tell(leg, event);
        } else if (withheld.size() < MAX_WITHHELD) {
            withheld.add(event);
        }
    }

    /** An old stream may finish its answer, and tell late what it really said; everything else is the new one's. */
    private void fromOld(Leg leg, ModelEvent event) {
        if (!(event instanceof ModelEvent.UserText) && !(event instanceof ModelEvent.ToolCall)) {
            tell(leg, event);
        }
        if (leg == finishing && !turns.speaking(now)) {
            finishing = null;
            out.finish(leg);
        }
    }

    private static boolean spoken(ModelEvent event) {
        return event instanceof ModelEvent.AssistantText text && text.stage() == Stage.FINAL;
    }

    private void tell(Leg leg, ModelEvent event) {
        if (event instanceof ModelEvent.UserText user) {
            if (leg.resent.remove(user.text())) {
                return; // the browser and the history have it already
            }
            carry.recognised(now);
            if (leg != finishing && finishing != null) {
                interruptFinishing(finishing);
            }
        }
        if (event instanceof ModelEvent.AudioEnd end && end.stop() == ModelEvent.StopReason.END_TURN) {
            restarts.progress();
        }
        turns.on(event, leg.number, now);
        out.tell(event);
    }

    /** The user speaks over an answer of which the stream that hears them knows nothing. */
    private void interruptFinishing(Leg leg) {
        finishing = null;
        out.finish(leg);
        turns.on(new ModelEvent.Interrupted(), leg.number, now);
        out.tell(new ModelEvent.Interrupted());
    }

    private void over(int stream, Failure why) {
        usage.ended(stream);
        boolean left = closing.remove(stream) != null;
        if (finishing != null && finishing.number == stream) {
            finishing = null;
            turns.cut(now).forEach(out::tell);
            if (active != null) {
                askAgain(active);
            }
        } else if (left && state == State.RUNNING) {
            turns.left(stream).forEach(out::tell);
        } else if (next != null && next.number == stream) {
            next = null;
            stay();
        } else if (active != null && active.number == stream) {
            lost(active, why);
        }
        if (state == State.CLOSING && active == null && closing.isEmpty()) {
            end(new ModelEvent.Ended());
        }
    }

    private void lost(Leg leg, Failure why) {
        active = next;
        next = null;
        withheld.clear();
        withholding = false;
        if (state == State.CLOSING) {
            return;
        }
        if (active != null) { // it was about to take over anyway
            out.tell(new ModelEvent.Moved(true));
            turns.cut(now).forEach(out::tell);
            askAgain(active);
            return;
        }
        restarts.after(leg, why, now).ifPresentOrElse(at -> {
            turns.cut(now).forEach(out::tell);
            state = State.RESTARTING;
            restartAt = at;
        }, () -> end(new ModelEvent.Failed(why.kind(), why.message())));
    }

    /** The next stream could not be had: the old one goes on, as if nothing had been. */
    private void stay() {
        noMoveBefore = now.plus(RETRY_MOVE);
        withholding = false;
        List<ModelEvent> kept = List.copyOf(withheld);
        withheld.clear();
        if (active != null) {
            Leg leg = active;
            kept.forEach(event -> tell(leg, event));
        }
    }

    private void takeOver(Leg leg) {
        if (leg != next) {
            return;
        }
        Leg old = active;
        active = leg;
        next = null;
        withheld.clear();
        withholding = false;
        if (old != null) {
            out.tell(new ModelEvent.Moved(false));
            closing.put(old.number, old);
            if (turns.speaking(now)) {
                finishing = old;
            } else {
                out.finish(old);
            }
        }
    }

    private void advance() {
        if (state == State.RESTARTING && !now.isBefore(restartAt)) {
            state = State.RUNNING;
            active = begin();
            out.tell(new ModelEvent.Moved(true));
        }
        if (state != State.RUNNING || active == null) {
            return;
        }
        if (!now.isBefore(soundDue)) {
            soundDue = now.plus(SILENCE_EVERY);
            hear(new byte[SILENCE_BYTES]);
        }
        if (finishing == null && next == null && turns.stalled(now)) {
            out.cancel(active.number);
            lost(active, Failure.lost());
        } else if (next != null && !now.isBefore(moveBy)) {
            Leg late = next;
            next = null;
            out.cancel(late.number);
            stay();
        } else if (next == null && finishing == null && !now.isBefore(noMoveBefore)
                && renewal.due(active, turns, carry, now)) {
            turns.orphan();
            next = begin();
            moveBy = now.plus(options.moveWait());
            // Past the last moment an unanswered question is the next stream's, and the old one must not answer it too.
            withholding = !turns.pending().isEmpty();
        }
    }

    /** Opens a stream that knows what went before and is asked what is open. */
    private Leg begin() {
        var leg = new Leg(id, ++legs, now);
        out.open(leg);
        out.send(leg, leg.opening(settings, dialect, system, turns.history()));
        askAgain(leg);
        carry.pieces().forEach(pcm -> out.send(leg, List.of(leg.sound(pcm))));
        if (soundDue.equals(Instant.MAX)) {
            soundDue = now.plus(SOUND_GAP);
        }
        return leg;
    }

    private void askAgain(Leg leg) {
        if (dialect.typedInput()) {
            for (String text : turns.pending()) {
                if (leg.asked.add(text)) {
                    leg.resent.add(text);
                    out.send(leg, leg.typed(text));
                }
            }
        }
    }

    private void close() {
        if (active == null) {
            end(new ModelEvent.Ended());
            return;
        }
        state = State.CLOSING;
        if (next != null) {
            out.cancel(next.number);
            next = null;
        }
        if (finishing != null) {
            out.finish(finishing);
            finishing = null;
        }
        out.finish(active);
    }

    private void end(ModelEvent last) {
        closing.keySet().forEach(old -> out.cancel(old));
        state = State.OVER;
        out.tell(last);
    }

    private @Nullable Leg leg(int stream) {
        if (active != null && active.number == stream) {
            return active;
        }
        return next != null && next.number == stream ? next : closing.get(stream);
    }
}
