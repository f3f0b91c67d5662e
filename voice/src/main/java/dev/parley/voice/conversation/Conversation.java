package dev.parley.voice.conversation;

import dev.parley.voice.Continuation;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.SessionConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds one browser's conversation with a speech model, as a machine: {@code on(input, now)} returns the effects. It serves the three
 * known front ends at once; the owner of a socket creates one when the socket connects.
 *
 * <p>
 * Not thread-safe: its owner calls it from one thread at a time, with the browser's events in order of arrival. It does no I/O and never
 * blocks, so the thread may be an event loop. {@link ConversationOptions.Limits} bounds everything that it stores.
 *
 * <table>
 * <caption>Transitions; "live" is LISTENING, THINKING or SPEAKING. An input that is not listed gets one error and changes nothing.</caption>
 * <tr><th>input</th><th>from</th><th>to</th><th>does</th></tr>
 * <tr><td>initializeConnection</td><td>IDLE, CLOSING, CLOSED</td><td>INITIALISED</td><td>acknowledges; a new history</td></tr>
 * <tr><td></td><td>any other</td><td>same</td><td>acknowledges; settings are taken until a stream is open</td></tr>
 * <tr><td>promptStart, systemPrompt</td><td>not live</td><td>PROMPTED</td><td>keeps voice and prompt</td></tr>
 * <tr><td></td><td>live</td><td>same</td><td>nothing, or an error if it asks for something else than is in use</td></tr>
 * <tr><td>audioStart</td><td>not live</td><td>LISTENING</td><td>opens the stream, replays waiting audio, audioReady, greeting</td></tr>
 * <tr><td></td><td>live</td><td>same</td><td>replays waiting audio, audioReady</td></tr>
 * <tr><td>audioInput</td><td>live after audioStart</td><td>same</td><td>to the model</td></tr>
 * <tr><td></td><td>INITIALISED, PROMPTED, live</td><td>same</td><td>waits for audioStart; one error when it waits too long</td></tr>
 * <tr><td></td><td>CLOSING, just CLOSED</td><td>same</td><td>dropped</td></tr>
 * <tr><td>textInput</td><td>INITIALISED, PROMPTED, live</td><td>THINKING</td><td>to the model; opens the stream if need be</td></tr>
 * <tr><td></td><td>the same, where the model takes no text</td><td>same</td><td>one error</td></tr>
 * <tr><td>startNewChat</td><td>any</td><td>INITIALISED</td><td>closes the stream; a new history</td></tr>
 * <tr><td>stopAudio</td><td>live</td><td>CLOSING</td><td>closes the stream</td></tr>
 * <tr><td></td><td>any other but CLOSING</td><td>CLOSED</td><td>sessionClosed</td></tr>
 * <tr><td>text, sound, tool call, interruption</td><td>live</td><td>live</td><td>as {@link TurnTracker} decides</td></tr>
 * <tr><td>model ended</td><td>live</td><td>CLOSED</td><td>streamComplete</td></tr>
 * <tr><td>model failed</td><td>live</td><td>CLOSED</td><td>error, sessionClosed</td></tr>
 * <tr><td>model ended or failed, close wait over</td><td>CLOSING</td><td>CLOSED</td><td>sessionClosed</td></tr>
 * <tr><td>inactivity, longest time</td><td>INITIALISED, PROMPTED, live</td><td>CLOSED</td><td>closes the stream, error, sessionClosed</td></tr>
 * <tr><td>continued</td><td>IDLE, with the state of another server</td><td>live</td><td>opens the stream; final texts that are owed</td></tr>
 * <tr><td>disconnected</td><td>any</td><td>GONE</td><td>closes the stream, Ended</td></tr>
 * </table>
 */
public final class Conversation {

    private final String id;
    private final ConversationOptions options;
    private final WaitingAudio waiting;
    private final NextStream next;
    private final PromptCommands prompts;
    private final TurnTracker turns;
    private final EffectList out = new EffectList();

    private Phase phase = Phase.IDLE;
    private @Nullable OpenStream stream;
    private int streams;
    private boolean failed;
    private String snapshot = "";
    /** The state to go on with, until it goes on. */
    private @Nullable ConversationState former;

    private Instant now = Instant.MIN;
    private final Lifetime life;
    private Instant phaseDeadline = Instant.MIN;

    /** @param id identifies the conversation to the browser ({@code sessionId}): the socket's id */
    public Conversation(String id, ConversationOptions options) {
        this.id = id;
        this.options = options;
        this.life = new Lifetime(options.inactivity(), options.longest());
        this.waiting = new WaitingAudio(options.limits());
        this.turns = new TurnTracker(options.limits());
        var voices = new Voices(options.voices());
        this.next = new NextStream(options, voices);
        this.prompts = new PromptCommands(next, voices, out);
    }

    /** Takes over a conversation that another server held. It goes on with {@link Input.Continued}, the first input. */
    public Conversation(ConversationState state, ConversationOptions options) {
        this(state.id(), options);
        former = state;
        streams = state.streams();
        snapshot = state.snapshot();
        next.restore(state.settings());
        turns.restore(state.turns());
        turns.found().restore(state.found());
    }

    /** Handles one input and returns the effects to perform, in order. Instants must not run backwards. */
    public List<Effect> on(Input input, Instant instant) {
        if (phase == Phase.GONE) {
            return List.of();
        }
        out.begin(instant);
        now = instant;
        switch (input) {
            case Input.FromBrowser(var command, var wantsAck) -> fromBrowser(command, wantsAck);
            case Input.FromModel(var number, var event) -> fromModel(number, event);
            case Input.ToolFinished(var call, var json) -> toolFinished(call, json);
            case Input.Continued(var wanted) -> goOn(wanted);
            case Input.Notice(var text) -> toModel(new ModelCommand.Notice(text));
            case Input.Tick _tick -> {
                out.woken();
                tick();
            }
            case Input.Disconnected(var reason) -> disconnected(reason);
        }
        out.activity(phase.live() ? turns.activity() : null);
        arm();
        return List.copyOf(out.list());
    }

    /** Returns the present phase. */
    public Phase phase() {
        return phase;
    }

    /** Returns the final texts so far, oldest turn first. Of an interrupted answer it returns only the spoken part. */
    public List<Turn> history() {
        return turns.turns();
    }

    /** Returns the state from which another server can go on, if a stream is open. Speech that was not sent whole is not part of it. */
    public Optional<ConversationState> state() {
        return stream == null || !phase.live() ? Optional.empty()
                : Optional.of(new ConversationState(id, streams, next.state(), stream.listens(),
                        turns.state(), snapshot, turns.found().all(), turns.notices().all()));
    }

    private void fromBrowser(BrowserCommand command, boolean wantsAck) {
        switch (command) {
            case BrowserCommand.Initialize(var wanted, var _resume) -> initialize(wanted);
            case BrowserCommand.NewChat(var wanted) -> newChat(wanted);
            case BrowserCommand.PromptStart start -> prompted(prompts.start(start, openStream()));
            case BrowserCommand.SystemPrompt given -> prompted(prompts.prompt(given, openStream()));
            case BrowserCommand.AudioStart _start -> audioStart();
            case BrowserCommand.Audio(var pcm) -> audio(pcm);
            case BrowserCommand.Text(var content) -> text(content);
            case BrowserCommand.Stop _stop -> stop();
            case BrowserCommand.Voice(var voiceId) -> prompts.voice(voiceId);
            case BrowserCommand.Rejected(var event, var message) -> out.reject(event, message, wantsAck);
            case BrowserCommand.Resume _resume -> {}
            case BrowserCommand.Unknown _unknown -> {}
        }
        if (wantsAck) {
            out.acknowledge();
        }
    }

    private void initialize(SessionConfig wanted) {
        if (phase.live() || !known(wanted)) {
            return;
        }
        if (phase.session()) {
            next.add(wanted);
        } else {
            begin(wanted);
        }
    }

    private void newChat(SessionConfig wanted) {
        if (!known(wanted)) {
            return;
        }
        toModel(new ModelCommand.Close());
        begin(next.with(wanted));
    }

    /** Starts a new conversation. Prompt and voice remain until others are sent. */
    private void begin(SessionConfig wanted) {
        settle();
        life.begin(now);
        next.begin(wanted);
        waiting.clear();
        turns.begin(out.list());
        snapshot = "";
        stream = null;
        phase = Phase.INITIALISED;
    }

    private boolean known(SessionConfig wanted) {
        var refused = next.refuses(wanted);
        refused.ifPresent(out::error);
        return refused.isEmpty();
    }

    private void prompted(boolean taken) {
        if (!taken) {
            return;
        }
        settle();
        if (!phase.session()) {
            life.active(now);
            turns.begin(out.list());
        }
        phase = Phase.PROMPTED;
    }

    private void audioStart() {
        var open = phase.live();
        var live = live();
        for (var pcm : waiting.drain()) {
            toModel(new ModelCommand.Audio(pcm));
        }
        live.listen();
        out.send(new BrowserEvent.AudioReady());
        if (!open && !next.greeting().isEmpty() && turns.turns().isEmpty()) {
            toModel(new ModelCommand.Notice(next.greeting()));
        }
    }

    private void audio(byte[] pcm) {
        if (pcm.length == 0) {
            return;
        }
        if (!phase.session()) {
            Refusals.sound(phase, now.isBefore(phaseDeadline)).ifPresent(out::audioError);
        } else if (stream != null && phase.live() && stream.listens()) {
            toModel(new ModelCommand.Audio(pcm));
        } else if (waiting.add(pcm)) {
            out.audioError(Refusals.SOUND_WAITS);
        }
    }

    private void text(String content) {
        var refused = Refusals.text(phase, options.typedText());
        if (refused.isPresent()) {
            out.error(refused.get());
            return;
        }
        live();
        life.active(now);
        toModel(new ModelCommand.Text(content));
        turns.typed(content, out.list());
        phase = Phase.of(turns.activity());
    }

    private void stop() {
        if (phase.live()) {
            toModel(new ModelCommand.Close());
            phase = Phase.CLOSING;
            phaseDeadline = now.plus(options.closeWait());
        } else if (phase != Phase.CLOSING) {
            closed();
            out.send(new BrowserEvent.SessionClosed());
        }
    }

    private @Nullable OpenStream openStream() {
        return phase.live() ? stream : null;
    }

    /** Goes on with the conversation of another server: opens a stream, and sends the final texts that the browser is owed. */
    private void goOn(SessionConfig wanted) {
        ConversationState state = former;
        if (state == null || phase != Phase.IDLE) {
            return;
        }
        next.goOn(wanted);
        var owed = turns.owed();
        owed.forEach(text -> turns.on(text, out.list()));
        var opened = live();
        former = null;
        if (state.listens()) {
            opened.listen();
        }
        owed.forEach(text -> opened.on(text, out.list()));
        state.notices().forEach(text -> toModel(new ModelCommand.Notice(text)));
        phase = Phase.of(turns.activity());
    }

    /** Returns the open stream, or opens one if there is none. */
    private OpenStream live() {
        if (stream != null && phase.live()) {
            return stream;
        }
        settle();
        var settings = next.settings(former == null ? Continuation.none() : turns.continuation(snapshot));
        var opened = new OpenStream(new BrowserEvent.Origin(id, ++streams), settings, next.prompt(),
                next.audioFormat(), new ToolCalls(settings, options.limits().openTools()), turns.found());
        stream = opened;
        life.opened(now);
        turns.opened();
        phase = Phase.LISTENING;
        out.tell(new ConversationEvent.StreamOpened(opened.number(), failed));
        failed = false;
        out.add(new Effect.OpenModel(opened.number(), settings));
        if (!next.prompt().isBlank() || former != null) {
            toModel(new ModelCommand.SystemPrompt(next.prompt()));
        }
        return opened;
    }

    private void fromModel(int number, ModelEvent event) {
        StreamFacts.of(number, event).ifPresent(out::tell);
        failed |= event instanceof ModelEvent.Failed && number == streams;
        if (stream == null || stream.number() != number) {
            if (phase == Phase.CLOSED && number == streams) {
                turns.late(event, out.list()); // words that were spoken before the end
            }
            return;
        }
        if (phase == Phase.CLOSING) {
            if (event instanceof ModelEvent.Ended || event instanceof ModelEvent.Failed) {
                settle();
            } else {
                turns.on(event, out.list()); // the last texts still belong to the conversation
            }
            return;
        }
        if (stream.begins()) {
            out.tell(new ConversationEvent.StreamBegan(number));
        }
        if (event instanceof ModelEvent.Moved || event instanceof ModelEvent.Snapshot) {
            snapshot = event instanceof ModelEvent.Snapshot(var state) ? state : snapshot;
            return; // neither activity nor news for the browser
        }
        life.on(event, now);
        if (event instanceof ModelEvent.Failed failed) {
            closed();
            out.send(Endings.failed(failed));
            out.send(new BrowserEvent.SessionClosed());
        } else if (event instanceof ModelEvent.Ended) {
            closed();
            out.send(new BrowserEvent.StreamComplete());
        } else if (stream.on(event, out.list())) {
            turns.on(event, out.list());
            phase = Phase.of(turns.activity());
        }
    }

    private void toolFinished(Effect.RunTool call, String json) {
        if (stream != null && phase.live()) {
            life.active(now);
            stream.toolFinished(call, json, out.list());
        }
    }

    private void tick() {
        if (phase == Phase.CLOSING && !now.isBefore(phaseDeadline)) {
            settle();
        } else if (phase.session()) {
            life.notice(now).ifPresent(this::toModel);
            life.end(now).ifPresent(reason -> {
                toModel(new ModelCommand.Close());
                closed();
                out.send(reason);
                out.send(new BrowserEvent.SessionClosed());
            });
        }
    }

    private void disconnected(String reason) {
        toModel(new ModelCommand.Close());
        closed();
        phase = Phase.GONE;
        out.add(new Effect.Ended(reason));
    }

    /** Sends a command to the open stream, if there is one. */
    private void toModel(ModelCommand command) {
        if (stream != null && phase.live()) {
            out.add(new Effect.ToModel(stream.number(), command));
            if (command instanceof ModelCommand.Notice(var text)) {
                turns.notices().add(text);
            }
        }
    }

    /** Closes a conversation that waits in CLOSING for the model. */
    private void settle() {
        if (phase == Phase.CLOSING) {
            closed();
            out.send(new BrowserEvent.SessionClosed());
        }
    }

    /** Ends the conversation. Every end goes through this method. */
    private void closed() {
        phase = Phase.CLOSED;
        life.closed();
        turns.over();
        phaseDeadline = now.plus(options.audioGrace());
        stream = null;
        waiting.clear();
    }

    private void arm() {
        if (phase == Phase.CLOSING) {
            out.wake(phaseDeadline);
        } else if (phase.session()) {
            out.wake(life.next());
        }
    }
}
