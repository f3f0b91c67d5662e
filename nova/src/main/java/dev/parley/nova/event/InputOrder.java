package dev.parley.nova.event;

import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.ContentStart;
import dev.parley.nova.event.InputEvent.Role;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order of input events that the service requires on one stream. The receiver feeds each event to {@link #on}, which returns the reason
 * for the first that breaks a rule and so ends the stream. Not thread-safe.
 *
 * <table>
 * <caption>Transitions; anything else breaks a rule</caption>
 * <tr><th>event</th><th>from</th><th>to</th></tr>
 * <tr><td>sessionStart</td><td>NEW</td><td>SESSION</td></tr>
 * <tr><td>promptStart</td><td>SESSION</td><td>PROMPT</td></tr>
 * <tr><td>contentStart SYSTEM, its textInput, contentEnd</td><td>PROMPT</td><td>HISTORY</td></tr>
 * <tr><td>contentStart SYSTEM_SPEECH, USER, ASSISTANT (turn about, USER first)</td><td>HISTORY</td><td>same</td></tr>
 * <tr><td>contentStart AUDIO</td><td>HISTORY</td><td>LIVE</td></tr>
 * <tr><td>contentStart USER text, TOOL; audioInput</td><td>LIVE</td><td>same</td></tr>
 * <tr><td>promptEnd, every block having ended</td><td>PROMPT, HISTORY, LIVE</td><td>PROMPT_OVER</td></tr>
 * <tr><td>sessionEnd</td><td>SESSION, PROMPT_OVER</td><td>OVER</td></tr>
 * </table>
 */
public final class InputOrder {

    /** Maximum size of a text in one event, in bytes of UTF-8. */
    public static final int MAX_TEXT_BYTES = 1_000;
    static final int MAX_HISTORY_BYTES = 40_000;
    static final int MAX_HISTORY_MESSAGES = 40;

    private final Map<String, ContentStart> open = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private State state = State.NEW;
    private String prompt = "";
    private @Nullable Role lastTurn;
    private int messages;
    private int historyBytes;

    private enum State {
        NEW,
        SESSION,
        PROMPT,
        HISTORY,
        LIVE,
        PROMPT_OVER,
        OVER
    }

    /** Takes the next event and returns the rule that it breaks, or nothing. */
    public Optional<String> on(InputEvent event) {
        return Optional.ofNullable(switch (event) {
            case InputEvent.SessionStart start -> session(start);
            case InputEvent.PromptStart start -> promptStart(start);
            case ContentStart start -> contentStart(start);
            case InputEvent.TextInput(var name, var content, var text) ->
                first(piece(name, content, Body.Text.class), text(content, text));
            case InputEvent.AudioInput(var name, var content, var _pcm) ->
                piece(name, content, Body.Audio.class);
            case InputEvent.ToolResult(var name, var content, var _json) ->
                piece(name, content, Body.Tool.class);
            case InputEvent.ContentEnd(var name, var content) -> contentEnd(name, content);
            case InputEvent.PromptEnd(var name) -> promptEnd(name);
            case InputEvent.SessionEnd _end ->
                move("sessionEnd before promptEnd", State.OVER, State.SESSION, State.PROMPT_OVER);
        });
    }

    /** Returns the open block of this name. */
    public Optional<ContentStart> block(String content) {
        return Optional.ofNullable(open.get(content));
    }

    /** Returns whether the client has ended the session. */
    public boolean over() {
        return state == State.OVER;
    }

    private @Nullable String session(InputEvent.SessionStart start) {
        var inference = start.inference();
        boolean within = inference.maxTokens() >= 1 && inference.maxTokens() <= 10_000
                && inference.topP() >= 0 && inference.topP() <= 1 && inference.temperature() >= 0
                && inference.temperature() <= 1;
        return first(move("sessionStart is the first event and comes once", State.SESSION, State.NEW),
                within ? null : "inferenceConfiguration is out of range");
    }

    private @Nullable String promptStart(InputEvent.PromptStart start) {
        prompt = start.prompt();
        boolean known = start.sampleRate() == 8_000 || start.sampleRate() == 16_000
                || start.sampleRate() == 24_000;
        return first(move("promptStart follows sessionStart and comes once", State.PROMPT, State.SESSION),
                known ? null : "sampleRateHertz is 8000, 16000 or 24000");
    }

    private @Nullable String contentStart(ContentStart start) {
        String wrong = first(named(start.prompt()),
                used.add(start.content()) ? null : "contentName was used before");
        if (wrong != null) {
            return wrong;
        }
        wrong = switch (start.body()) {
            case Body.Text _text -> textStart(start);
            case Body.Audio _audio ->
                move("there is one AUDIO block, after SYSTEM", State.LIVE, State.HISTORY);
            case Body.Tool _tool -> state == State.LIVE && start.role() == Role.TOOL ? null
                    : "a TOOL block has the role TOOL and comes while AUDIO is open";
        };
        open.put(start.content(), start);
        return wrong;
    }

    private @Nullable String textStart(ContentStart start) {
        return switch (start.role()) {
            case SYSTEM ->
                move("SYSTEM is the first block of a prompt, and there is one", State.HISTORY, State.PROMPT);
            case SYSTEM_SPEECH ->
                state == State.HISTORY && lastTurn == null ? null : "SYSTEM_SPEECH follows SYSTEM";
            case USER, ASSISTANT -> state == State.LIVE ? live(start) : history(start);
            case TOOL -> "a TEXT block has no role TOOL";
        };
    }

    private static @Nullable String live(ContentStart start) {
        return start.role() == Role.USER && start.interactive() ? null
                : "while AUDIO is open a TEXT block has the role USER and is interactive";
    }

    private @Nullable String history(ContentStart start) {
        if (state != State.HISTORY) {
            return "the first block of a prompt has the role SYSTEM";
        }
        if (lastTurn == start.role() || (lastTurn == null && start.role() != Role.USER)) {
            return "the history begins with USER, and USER and ASSISTANT take turns";
        }
        lastTurn = start.role();
        return ++messages <= MAX_HISTORY_MESSAGES ? null : "the history has too many messages";
    }

    private @Nullable String text(String content, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        ContentStart start = open.get(content);
        if (start == null || start.role() == Role.SYSTEM) {
            return null; // a system prompt may be long
        }
        if (state == State.HISTORY) {
            historyBytes += bytes;
        }
        return bytes > MAX_TEXT_BYTES ? "a textInput is too long"
                : historyBytes > MAX_HISTORY_BYTES ? "the history is too long" : null;
    }

    private @Nullable String piece(String name, String content, Class<? extends Body> kind) {
        ContentStart start = open.get(content);
        return first(named(name),
                start == null || !kind.isInstance(start.body()) ? "no block of this kind is open" : null);
    }

    private @Nullable String contentEnd(String name, String content) {
        return first(named(name),
                open.remove(content) == null ? "contentEnd of a block that is not open" : null);
    }

    private @Nullable String promptEnd(String name) {
        return first(named(name), first(open.isEmpty() ? null : "promptEnd while a block is open", move(
                "promptEnd without a prompt", State.PROMPT_OVER, State.PROMPT, State.HISTORY, State.LIVE)));
    }

    private @Nullable String named(String name) {
        return name.equals(prompt) && !prompt.isEmpty() ? null : "promptName is not that of the prompt";
    }

    private @Nullable String move(String otherwise, State to, State... from) {
        for (State allowed : from) {
            if (state == allowed) {
                state = to;
                return null;
            }
        }
        return otherwise;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }
}
