package dev.parley.nova;

import dev.parley.nova.event.OutputEvent;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.StreamSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries one conversation over many streams of Nova Sonic, each of which lives eight minutes at most. It is a machine:
 * {@code on(input, now)} returns the effects to perform. To the conversation it looks like one stream without an end.
 *
 * <p>
 * A stream is left at a quiet point, once it is old enough or its credentials are about to expire ({@link ChainOptions}). The next stream is
 * given the history, hears the audio that was not recognised again, and takes over when the service has answered on it ({@link Handover}).
 * A stream that fails recoverably is replaced in the same way. {@link CarriedTurns} says what the next stream is given and asked at each
 * moment of a turn, so that each question is answered once; {@link ModelEvent.QuestionLost} is emitted if that is not possible.
 *
 * <p>
 * Not thread-safe: its owner calls it from one thread at a time, and instants do not run backwards. Everything it keeps is bounded.
 *
 * <table>
 * <caption>Transitions</caption>
 * <tr><th>input</th><th>from</th><th>to</th></tr>
 * <tr><td>the first command</td><td>NEW</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>stream is old; speech without a text for 5 s; late result of a tool</td><td>RUNNING</td><td>same: opens the next one</td></tr>
 * <tr><td>connected(next)</td><td>RUNNING</td><td>same: it becomes {@code active}, the old one is closed or finishes its answer</td></tr>
 * <tr><td>ended(next), or it is not connected in time</td><td>RUNNING</td><td>same: {@code active} stays</td></tr>
 * <tr><td>no answer for 8 s, or silence in mid-sentence for 5 s</td><td>RUNNING</td><td>as ended({@code active})</td></tr>
 * <tr><td>ended({@code active}), recoverable</td><td>RUNNING</td><td>same if there is a next one, else RESTARTING</td></tr>
 * <tr><td>back-off has passed, and tools have finished or 3 s more</td><td>RESTARTING</td><td>RUNNING: opens a stream</td></tr>
 * <tr><td>ended, fatal or once too often</td><td>RUNNING</td><td>OVER: Failed</td></tr>
 * <tr><td>close</td><td>RUNNING</td><td>CLOSING; from any other OVER: Ended</td></tr>
 * <tr><td>ended(all streams)</td><td>CLOSING</td><td>OVER: Ended</td></tr>
 * </table>
 */
public final class StreamChain {

    private static final String SAY = "Say this to the user now, in your own words: ";

    private final ModelFeatures features;
    private final ChainOptions options;
    private final StreamOpening opening;
    private final RenewalPolicy renewal;
    private final RestartPolicy restarts;
    private final CarriedTurns turns;
    private final UnrecognisedAudio unrecognised = new UnrecognisedAudio();
    private final DeafnessPolicy deafness = new DeafnessPolicy();
    private final SilenceFiller silence;
    private final UsageTotal usage = new UsageTotal();
    private final Handover handover = new Handover();
    private final Map<Integer, ChainStream> closing = new HashMap<>();
    private final ChainEffects out = new ChainEffects();

    private State state = State.NEW;
    private @Nullable ChainStream active;
    /** The former active stream, while it finishes the answer that it was giving when it was left. */
    private @Nullable ChainStream finishing;
    private Instant now = Instant.MIN;

    private enum State {
        NEW,
        RUNNING,
        RESTARTING,
        CLOSING,
        OVER
    }

    /** @param id unique among all conversations; the names of prompts and blocks follow from it */
    public StreamChain(String id, StreamSettings settings, ModelFeatures features, ChainOptions options,
            RandomGenerator random) {
        this.opening = new StreamOpening(id, settings, features);
        this.silence = new SilenceFiller(settings.replay());
        this.features = features;
        this.options = options;
        this.renewal = new RenewalPolicy(options);
        this.restarts = new RestartPolicy(options, random);
        this.turns = new CarriedTurns(new History(options.historyMessages(), options.historyBytes()));
    }

    /** Handles one input and returns the effects to perform, in order. */
    public List<ChainEffect> on(ChainInput input, Instant instant) {
        now = instant;
        if (state == State.OVER) {
            return List.of();
        }
        switch (input) {
            case ChainInput.Command(var command) -> command(command);
            case ChainInput.Connected(var number, var credentialsEnd) -> {
                ChainStream stream = stream(number);
                if (stream != null) {
                    stream.connected(now, credentialsEnd);
                    takeOver(stream);
                }
            }
            case ChainInput.Received(var number, var event) -> received(number, event);
            case ChainInput.Ended(var number, var why) -> ended(number, why);
            case ChainInput.Tick _tick -> out.woken();
        }
        advance();
        out.wake(switch (state) {
            case RUNNING -> silence.due(unrecognised.since().isPresent());
            case RESTARTING -> restarts.due(turns.awaitsTool());
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
            if (command instanceof ModelCommand.SystemPrompt(var text)) {
                opening.system(text);
            }
            state = State.RUNNING;
            turns.resume(opening.continues(), now);
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
        boolean precious = state == State.RESTARTING || unrecognised.since().isPresent();
        unrecognised.add(pcm, now, precious ? options.outage() : options.carryOver());
        silence.heard(now);
        sendAudio(pcm);
    }

    private void sendAudio(byte[] pcm) {
        if (state == State.RUNNING) {
            handover.listening(active).forEach(stream -> out.send(stream, List.of(stream.audio(pcm))));
        }
    }

    private void ask(String text) {
        if (!features.typedInput()) {
            return;
        }
        interruptFinishing();
        turns.typed(text, now);
        if (state == State.RUNNING) {
            handover.question();
            handover.listening(active).forEach(stream -> out.send(stream, stream.ask(text)));
        }
    }

    private void toolResult(String use, String json) {
        String object = ChainStream.resultObject(json);
        turns.finished(use, object, now).ifPresent(number -> {
            ChainStream asked = stream(number);
            if (asked != null && (asked == active || asked == finishing)) {
                out.send(asked, asked.toolResult(use, object));
            }
        });
    }

    private void received(int number, OutputEvent event) {
        ChainStream stream = stream(number);
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
            } else if (stream == finishing || (state == State.RUNNING && turns.awaits(meaning))) {
                fromOld(stream, meaning);
            }
        }
    }

    /** A stream that was left may finish its answer, and say late which text was spoken; the active stream does everything else. */
    private void fromOld(ChainStream stream, ModelEvent event) {
        if (event instanceof ModelEvent.ToolCall) { // it may have no time left for tools
            endFinishing();
            goOn();
        } else if (!(event instanceof ModelEvent.UserText)) {
            emit(stream, event);
        }
    }

    /** The active stream goes on with the answer that an earlier one does not complete. */
    private void goOn() {
        finishing = null;
        turns.cut(now).forEach(out::emit);
        if (active != null) {
            opening.askAgain(active, turns, out);
        }
    }

    /** The answer is over. */
    private void stopFinishing() {
        if (finishing != null) {
            turns.gone(finishing.number);
        }
        endFinishing();
    }

    private void endFinishing() {
        if (finishing != null) {
            out.finish(finishing);
        }
        finishing = null;
    }

    private void emit(ChainStream stream, ModelEvent event) {
        if (event instanceof ModelEvent.UserText user) {
            if (stream.repeats(user.text())) {
                return; // the browser and the history have it already
            }
            deafness.heard(stream, unrecognised, now);
            unrecognised.recognised(now);
            if (stream != finishing) {
                interruptFinishing();
            }
        }
        if (event instanceof ModelEvent.ToolCall call && usedBefore(stream, call)) {
            return;
        }
        if (SpokenAnswer.begins(event)) {
            stream.answers();
            unrecognised.answered(now);
        }
        if (event instanceof ModelEvent.AudioEnd end && end.stop() == ModelEvent.StopReason.END_TURN) {
            restarts.progress();
        }
        turns.on(event, stream.number, now);
        out.emit(event);
    }

    /** Gives the stream the result of a tool that an earlier stream used for the same question: nothing is done twice. */
    private boolean usedBefore(ChainStream stream, ModelEvent.ToolCall call) {
        Optional<String> known = turns.knownResult(call);
        known.ifPresent(json -> out.send(stream, stream.toolResult(call.toolUseId(), json)));
        return known.isPresent();
    }

    /** The user speaks over an answer of which the stream that hears them knows nothing. */
    private void interruptFinishing() {
        if (finishing != null) {
            turns.on(new ModelEvent.Interrupted(), finishing.number, now);
            out.emit(new ModelEvent.Interrupted());
            stopFinishing();
        }
    }

    private void ended(int number, StreamFailure why) {
        usage.ended(number);
        boolean left = closing.remove(number) != null;
        if (finishing != null && finishing.number == number) {
            goOn();
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

    private void lost(ChainStream stream, StreamFailure why) {
        active = handover.end();
        if (state == State.CLOSING) {
            return;
        }
        deafness.failed(unrecognised.speech());
        endFinishing(); // another stream goes on with its answer
        if (active != null) { // it was about to take over anyway
            out.emit(new ModelEvent.Moved(true));
            goOn();
            return;
        }
        if (restarts.after(stream, why, now)) {
            turns.cut(now).forEach(out::emit);
            state = State.RESTARTING;
        } else {
            end(new ModelEvent.Failed(why.kind(), why.message()));
        }
    }

    /** Keeps the active stream, since the next one could not be opened. */
    private void stay() {
        List<ModelEvent> withheld = handover.abandon(now);
        if (active != null) {
            ChainStream stream = active;
            turns.stay(stream.number);
            withheld.forEach(event -> emit(stream, event));
        }
    }

    private void takeOver(ChainStream stream) {
        if (stream != handover.next()) {
            return;
        }
        handover.end();
        ChainStream old = active;
        active = stream;
        if (old != null) {
            out.emit(new ModelEvent.Moved(false));
            closing.put(old.number, old);
            finishing = old;
            if (!turns.speaking(now)) {
                stopFinishing();
            }
        }
    }

    private void advance() {
        if (state == State.RESTARTING && !now.isBefore(restarts.due(turns.awaitsTool()))) {
            state = State.RUNNING;
            active = open();
            out.emit(new ModelEvent.Moved(true));
        }
        if (state != State.RUNNING || active == null) {
            return;
        }
        silence.fill(unrecognised.since().isPresent(), now).ifPresent(this::sendAudio);
        if (turns.abandon(now)) {
            out.emit(new ModelEvent.QuestionLost());
        }
        if (!turns.speaking(now)) {
            stopFinishing();
        }
        ChainStream next = handover.next();
        if (finishing != null && turns.stalledInSpeech(now)) {
            out.cancel(finishing.number);
        } else if (finishing == null && next == null && turns.stalled(now)) {
            out.cancel(active.number);
            lost(active, StreamFailure.lost());
        } else if (next != null && handover.overdue(now)) {
            out.cancel(next.number);
            stay();
        } else if (finishing == null && handover.allowed(now)
                && (renewal.due(active, turns, unrecognised, now) || turns.owesResult(now)
                        || deafness.moves(active, unrecognised, silence, out, now))) {
            turns.leave(now);
            // The old stream must not answer too what the next one is asked.
            handover.begin(open(), now.plus(options.moveWait()), !turns.pending().isEmpty());
        }
    }

    private ChainStream open() {
        silence.begin(now);
        return opening.open(turns, unrecognised, out, now);
    }

    private void close() {
        if (active == null) {
            end(new ModelEvent.Ended());
            return;
        }
        state = State.CLOSING;
        ChainStream next = handover.end();
        if (next != null) {
            out.cancel(next.number);
        }
        endFinishing();
        out.finish(active);
    }

    private void end(ModelEvent last) {
        closing.keySet().forEach(out::cancel);
        state = State.OVER;
        out.emit(last);
    }

    private @Nullable ChainStream stream(int number) {
        if (active != null && active.number == number) {
            return active;
        }
        return handover.isNext(number) ? handover.next() : closing.get(number);
    }
}
