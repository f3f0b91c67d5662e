package dev.parley.nova;

import dev.parley.nova.event.OutputEvent;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.StreamSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries one conversation over many streams of Nova Sonic, each of which lives eight minutes at most. It is a machine:
 * {@code on(input, now)} returns the effects to perform. To the conversation it looks like one stream without an end.
 *
 * <p>
 * A stream is left at a quiet point, once it is old enough or its credentials are about to expire ({@link RelayOptions}). The next stream is
 * given the history, hears the user's latest unanswered audio again, and takes over when the service has answered on it ({@link Handover}).
 * A stream that fails recoverably is replaced in the same way.
 *
 * <p>
 * Not thread-safe: its owner calls it from one thread at a time, and instants do not run backwards. Everything it keeps is bounded.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>input</th><th>from</th><th>to</th></tr>
 * <tr><td>the first command</td><td>NEW</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>time for the next stream</td><td>RUNNING</td><td>same: opens the next one beside {@code active}</td></tr>
 * <tr><td>connected(next)</td><td>RUNNING</td><td>same: the next one becomes {@code active}, the old one is closed</td></tr>
 * <tr><td>ended({@code active}), recoverable</td><td>RUNNING</td><td>RESTARTING</td></tr>
 * <tr><td>back-off has passed</td><td>RESTARTING</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>ended, fatal or once too often</td><td>RUNNING</td><td>OVER: Failed</td></tr>
 * <tr><td>close</td><td>RUNNING</td><td>CLOSING; from any other OVER: Ended</td></tr>
 * <tr><td>ended(all streams)</td><td>CLOSING</td><td>OVER: Ended</td></tr>
 * </table>
 */
public final class Relay {

    /** The system prompt of a conversation without one: the service requires it. */
    static final String STANDARD_PROMPT = "You are a friendly assistant. Answer briefly, as people do when they talk.";
    private static final String SAY = "Say this to the user now, in your own words: ";
    private static final int SILENCE_BYTES = (int) AudioGap.PIECE.toMillis() * 32;

    private final String id;
    private final StreamSettings settings;
    private final ModelFeatures features;
    private final RelayOptions options;
    private final RenewalPolicy renewal;
    private final RestartPolicy restarts;
    private final RelayTurns turns;
    private final UnansweredAudio unanswered = new UnansweredAudio();
    private final UsageTotal usage = new UsageTotal();
    private final Handover handover = new Handover();
    private final Map<Integer, RelayStream> closing = new HashMap<>();
    private final RelayEffects out = new RelayEffects();

    private State state = State.NEW;
    private String system = STANDARD_PROMPT;
    private @Nullable RelayStream active;
    /** The former active stream, while it finishes the answer that it was giving when it was left. */
    private @Nullable RelayStream finishing;
    private int opened;
    private Instant restartAt = Instant.MAX;
    private final AudioGap gap;
    private Instant now = Instant.MIN;

    private enum State {
        NEW,
        RUNNING,
        RESTARTING,
        CLOSING,
        OVER
    }

    /** @param id unique among all conversations; the names of prompts and blocks follow from it */
    public Relay(String id, StreamSettings settings, ModelFeatures features, RelayOptions options,
            RandomGenerator random) {
        this.id = id;
        this.settings = settings;
        this.gap = new AudioGap(settings.replay());
        this.features = features;
        this.options = options;
        this.renewal = new RenewalPolicy(options);
        this.restarts = new RestartPolicy(options, random);
        this.turns = new RelayTurns(new History(options.historyMessages(), options.historyBytes()));
    }

    /** Handles one input and returns the effects to perform, in order. */
    public List<RelayEffect> on(RelayInput input, Instant instant) {
        now = instant;
        if (state == State.OVER) {
            return List.of();
        }
        switch (input) {
            case RelayInput.Command(var command) -> command(command);
            case RelayInput.Connected(var number, var credentialsEnd) -> {
                RelayStream stream = stream(number);
                if (stream != null) {
                    stream.connected = true;
                    stream.credentialsEnd = credentialsEnd;
                    takeOver(stream);
                }
            }
            case RelayInput.Received(var number, var event) -> received(number, event);
            case RelayInput.Ended(var number, var why) -> ended(number, why);
            case RelayInput.Tick _tick -> out.woken(now);
        }
        advance();
        out.wake(switch (state) {
            case RUNNING -> gap.due(unanswered.since().isPresent());
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
            active = open();
        }
        switch (command) {
            case ModelCommand.SystemPrompt _given -> {} // fixed once a stream is open
            case ModelCommand.Audio(var pcm) -> audio(pcm);
            case ModelCommand.Text(var content) -> ask(content);
            case ModelCommand.Notice(var text) -> ask(SAY + text);
            case ModelCommand.ToolResult(var use, var json) -> toolResult(use, json);
            case ModelCommand.Close _close -> {}
        }
    }

    private void audio(byte[] pcm) {
        boolean precious = state == State.RESTARTING || unanswered.since().isPresent();
        unanswered.add(pcm, now, precious ? options.outage() : options.carryOver());
        gap.heard(now);
        sendAudio(pcm);
    }

    private void sendAudio(byte[] pcm) {
        if (state == State.RUNNING) {
            for (RelayStream stream : new RelayStream[]{active, handover.next()}) {
                if (stream != null) {
                    out.send(stream, List.of(stream.audio(pcm)));
                }
            }
        }
    }

    private void ask(String text) {
        if (!features.typedInput()) {
            return;
        }
        turns.asked(text, now);
        if (state != State.RUNNING) {
            return;
        }
        handover.question();
        for (RelayStream stream : new RelayStream[]{active, handover.next()}) {
            if (stream != null) {
                out.send(stream, stream.ask(text));
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

    private void received(int number, OutputEvent event) {
        RelayStream stream = stream(number);
        if (stream == null) {
            return;
        }
        takeOver(stream);
        for (ModelEvent meaning : stream.output.on(event)) {
            if (meaning instanceof ModelEvent.Usage used) {
                out.emit(usage.of(number, used));
            } else if (stream == active) {
                if (!handover.withholds(meaning)) {
                    emit(stream, meaning);
                }
            } else if (stream == finishing
                    || (state == State.RUNNING && spoken(meaning) && turns.awaitsFinalText())) {
                fromOld(stream, meaning);
            }
        }
    }

    /** A stream that was left may finish its answer, and say late which text was spoken; the active stream does everything else. */
    private void fromOld(RelayStream stream, ModelEvent event) {
        if (!(event instanceof ModelEvent.UserText) && !(event instanceof ModelEvent.ToolCall)) {
            emit(stream, event);
        }
        if (stream == finishing && !turns.speaking(now)) {
            finishing = null;
            out.finish(stream);
        }
    }

    private static boolean spoken(ModelEvent event) {
        return event instanceof ModelEvent.AssistantText text && text.stage() == Stage.FINAL;
    }

    private void emit(RelayStream stream, ModelEvent event) {
        if (event instanceof ModelEvent.UserText user) {
            if (stream.repeats(user.text())) {
                return; // the browser and the history have it already
            }
            unanswered.recognised(now);
            if (stream != finishing && finishing != null) {
                interruptFinishing(finishing);
            }
        }
        if (event instanceof ModelEvent.AudioEnd end && end.stop() == ModelEvent.StopReason.END_TURN) {
            restarts.progress();
        }
        turns.on(event, stream.number, now);
        out.emit(event);
    }

    /** The user speaks over an answer of which the stream that hears them knows nothing. */
    private void interruptFinishing(RelayStream stream) {
        finishing = null;
        out.finish(stream);
        turns.on(new ModelEvent.Interrupted(), stream.number, now);
        out.emit(new ModelEvent.Interrupted());
    }

    private void ended(int number, StreamFailure why) {
        usage.ended(number);
        boolean left = closing.remove(number) != null;
        if (finishing != null && finishing.number == number) {
            finishing = null;
            turns.cut(now).forEach(out::emit);
            if (active != null) {
                askAgain(active);
            }
        } else if (left && state == State.RUNNING) {
            turns.left(number).forEach(out::emit);
        } else if (handover.isNext(number)) {
            stay();
        } else if (active != null && active.number == number) {
            lost(active, why);
        }
        if (state == State.CLOSING && active == null && closing.isEmpty()) {
            end(new ModelEvent.Ended());
        }
    }

    private void lost(RelayStream stream, StreamFailure why) {
        active = handover.end();
        if (state == State.CLOSING) {
            return;
        }
        if (active != null) { // it was about to take over anyway
            out.emit(new ModelEvent.Moved(true));
            turns.cut(now).forEach(out::emit);
            askAgain(active);
            return;
        }
        restarts.after(stream, why, now).ifPresentOrElse(at -> {
            turns.cut(now).forEach(out::emit);
            state = State.RESTARTING;
            restartAt = at;
        }, () -> end(new ModelEvent.Failed(why.kind(), why.message())));
    }

    /** Keeps the active stream, since the next one could not be opened. */
    private void stay() {
        List<ModelEvent> withheld = handover.abandon(now);
        if (active != null) {
            RelayStream stream = active;
            withheld.forEach(event -> emit(stream, event));
        }
    }

    private void takeOver(RelayStream stream) {
        if (stream != handover.next()) {
            return;
        }
        handover.end();
        RelayStream old = active;
        active = stream;
        if (old != null) {
            out.emit(new ModelEvent.Moved(false));
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
            active = open();
            out.emit(new ModelEvent.Moved(true));
        }
        if (state != State.RUNNING || active == null) {
            return;
        }
        if (!now.isBefore(gap.due(unanswered.since().isPresent()))) {
            gap.filled(now);
            sendAudio(new byte[SILENCE_BYTES]);
        }
        RelayStream next = handover.next();
        if (finishing == null && next == null && turns.stalled(now)) {
            out.cancel(active.number);
            lost(active, StreamFailure.lost());
        } else if (next != null && handover.overdue(now)) {
            out.cancel(next.number);
            stay();
        } else if (finishing == null && handover.allowed(now)
                && renewal.due(active, turns, unanswered, now)) {
            turns.orphan();
            // Past the last moment an unanswered question is the next stream's, and the old one must not answer it too.
            handover.begin(open(), now.plus(options.moveWait()), !turns.pending().isEmpty());
        }
    }

    /** Opens a stream, gives it the history and asks it what is unanswered. */
    private RelayStream open() {
        var stream = new RelayStream(id, ++opened, now);
        out.open(stream);
        out.send(stream, stream.opening(settings, features, system, turns.history()));
        askAgain(stream);
        unanswered.pieces().forEach(pcm -> out.send(stream, List.of(stream.audio(pcm))));
        gap.opened(now);
        return stream;
    }

    private void askAgain(RelayStream stream) {
        if (features.typedInput()) {
            out.send(stream, stream.askAgain(turns.pending()));
        }
    }

    private void close() {
        if (active == null) {
            end(new ModelEvent.Ended());
            return;
        }
        state = State.CLOSING;
        RelayStream next = handover.end();
        if (next != null) {
            out.cancel(next.number);
        }
        if (finishing != null) {
            out.finish(finishing);
            finishing = null;
        }
        out.finish(active);
    }

    private void end(ModelEvent last) {
        closing.keySet().forEach(out::cancel);
        state = State.OVER;
        out.emit(last);
    }

    private @Nullable RelayStream stream(int number) {
        if (active != null && active.number == number) {
            return active;
        }
        return handover.isNext(number) ? handover.next() : closing.get(number);
    }
}
