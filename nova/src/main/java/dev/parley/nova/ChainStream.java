package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.nova.event.InputOrder;
import dev.parley.voice.StreamSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One stream of a {@link StreamChain}: names its prompt and blocks, builds the events to send, and interprets its output. Not thread-safe. */
final class ChainStream {

    private static final int SAMPLE_RATE_IN = 16_000;
    private static final int SAMPLE_RATE_OUT = 24_000;

    final int number;
    final Instant openedAt;
    final OutputInterpreter output = new OutputInterpreter();

    Optional<Instant> credentialsEnd = Optional.empty();
    /** When the service responded. */
    Optional<Instant> connectedAt = Optional.empty();

    private final String id;
    private final String prompt;
    private final String audio;
    /** Texts that this stream was asked to answer; bounded by the questions of its few minutes. */
    private final Set<String> asked = new HashSet<>();
    /** Texts that an earlier stream was asked before. */
    private final Set<String> resent = new HashSet<>();
    private int blocks;

    ChainStream(String conversation, int number, Instant now) {
        this.number = number;
        this.openedAt = now;
        this.id = conversation + '/' + number;
        this.prompt = name();
        this.audio = name();
    }

    /** Notes that the service has responded. */
    void connected(Instant now, Optional<Instant> credentialsExpire) {
        connectedAt = Optional.of(now);
        credentialsEnd = credentialsExpire;
    }

    /** Returns a name that looks like the documented ones, derived from the conversation's id: a machine has no randomness of its own. */
    private String name() {
        return UUID.nameUUIDFromBytes((id + '/' + blocks++).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Returns everything up to the open microphone. */
    List<InputEvent> opening(StreamSettings settings, ModelFeatures features, String system,
            List<History.Message> history) {
        var events = new ArrayList<InputEvent>();
        events.add(new InputEvent.SessionStart(settings.inference(),
                features.turnDetection() ? Optional.of(settings.sensitivity()) : Optional.empty()));
        events.add(new InputEvent.PromptStart(prompt, settings.voiceId(), SAMPLE_RATE_OUT, settings.tools()));
        events.addAll(text(Role.SYSTEM, false, system));
        history.forEach(said -> events.addAll(text(said.role(), false, said.text())));
        events.add(
                new InputEvent.ContentStart(prompt, audio, Role.USER, true, new Body.Audio(SAMPLE_RATE_IN)));
        return events;
    }

    InputEvent audio(byte[] pcm) {
        return new InputEvent.AudioInput(prompt, audio, pcm);
    }

    /** Asks the stream to answer this text. */
    List<InputEvent> ask(String text) {
        asked.add(text);
        return text(Role.USER, true, text);
    }

    /** Asks the stream to answer the texts that it was not asked yet, though an earlier stream was. */
    List<InputEvent> askAgain(List<String> texts) {
        var events = new ArrayList<InputEvent>();
        for (String text : texts) {
            if (!asked.contains(text)) {
                events.addAll(ask(text));
                resent.add(text);
            }
        }
        return events;
    }

    /** Returns whether the stream repeats as the user's words a text that it was asked again; true once for each. */
    boolean repeats(String userText) {
        return resent.remove(userText);
    }

    /** Notes that an answer begins: the user may say the same again. */
    void answers() {
        resent.clear();
    }

    /** Returns JSON as the object that the service requires as a result. */
    static String resultObject(String json) {
        return json.strip().startsWith("{") ? json : "{\"result\":" + json + "}";
    }

    List<InputEvent> toolResult(String toolUseId, String json) {
        String block = name();
        return List.of(new InputEvent.ContentStart(prompt, block, Role.TOOL, false, new Body.Tool(toolUseId)),
                new InputEvent.ToolResult(prompt, block, json), new InputEvent.ContentEnd(prompt, block));
    }

    List<InputEvent> closing() {
        return List.of(new InputEvent.ContentEnd(prompt, audio), new InputEvent.PromptEnd(prompt),
                new InputEvent.SessionEnd());
    }

    private List<InputEvent> text(Role role, boolean interactive, String text) {
        String block = name();
        var events = new ArrayList<InputEvent>();
        events.add(new InputEvent.ContentStart(prompt, block, role, interactive, new Body.Text()));
        History.pieces(text, InputOrder.MAX_TEXT_BYTES)
                .forEach(piece -> events.add(new InputEvent.TextInput(prompt, block, piece)));
        events.add(new InputEvent.ContentEnd(prompt, block));
        return events;
    }
}
