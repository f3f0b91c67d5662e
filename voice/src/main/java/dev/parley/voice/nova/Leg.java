package dev.parley.voice.nova;

import dev.parley.voice.StreamSettings;
import dev.parley.voice.nova.InputEvent.Body;
import dev.parley.voice.nova.InputEvent.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One stream of a {@link Relay}: the names of its prompt and blocks, the events it is sent, and what was heard from it. Not thread-safe. */
final class Leg {

    private static final int SAMPLE_RATE_IN = 16_000;
    private static final int SAMPLE_RATE_OUT = 24_000;

    final int number;
    final Instant openedAt;
    final Listener listener = new Listener();
    /** Texts that this stream was sent again: it may repeat them as the user's words, which were told already. */
    final Set<String> resent = new HashSet<>();

    /** Texts that this stream was asked to answer; bounded by what is pending in its life of minutes. */
    final Set<String> asked = new HashSet<>();

    Optional<Instant> credentialsEnd = Optional.empty();
    boolean connected;

    private final String id;
    private final String prompt;
    private final String audio;
    private int blocks;

    Leg(String conversation, int number, Instant now) {
        this.number = number;
        this.openedAt = now;
        this.id = conversation + '/' + number;
        this.prompt = name();
        this.audio = name();
    }

    /** Names look like the documented ones, yet follow from the conversation's: this package draws no lots. */
    private String name() {
        return UUID.nameUUIDFromBytes((id + '/' + blocks++).getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Everything up to the open microphone. */
    List<InputEvent> opening(StreamSettings settings, Dialect dialect, String system,
            List<History.Message> history) {
        var events = new ArrayList<InputEvent>();
        events.add(new InputEvent.SessionStart(settings.inference(),
                dialect.turnDetection() ? Optional.of(settings.sensitivity()) : Optional.empty()));
        events.add(new InputEvent.PromptStart(prompt, settings.voiceId(), SAMPLE_RATE_OUT, settings.tools()));
        events.addAll(text(Role.SYSTEM, false, system));
        history.forEach(said -> events.addAll(text(said.role(), false, said.text())));
        events.add(
                new InputEvent.ContentStart(prompt, audio, Role.USER, true, new Body.Audio(SAMPLE_RATE_IN)));
        return events;
    }

    InputEvent sound(byte[] pcm) {
        return new InputEvent.AudioInput(prompt, audio, pcm);
    }

    /** Something typed, which is answered. */
    List<InputEvent> typed(String text) {
        return text(Role.USER, true, text);
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
