package dev.parley.speech.dialogue;

import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The embedded assistant's side of one conversation in English: what the user said goes in, what to say or which tool to run comes out.
 * The embedded model calls it.
 *
 * <p>
 * Pure and deterministic: the same inputs in the same order give the same replies; wordings take turns. Not thread-safe: its owner calls it
 * from one thread. It keeps a handful of short texts between turns and at most {@value #MAX_PENDING} open tool calls. It calls only the tools
 * it was given. No text whatsoever makes it throw.
 */
public final class Dialogue {
    /** The most characters of a reply. */
    public static final int MAX_REPLY = 600;

    /** The most tool calls that wait for a result; the oldest is given up for a newer one. */
    public static final int MAX_PENDING = 8;

    private static final int MAX_RESULT = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the assistant does next. */
    public sealed interface Reply {

        /** Say this, sentence by sentence. An empty text means: say nothing. */
        record Say(String text) implements Reply {}

        /** Run this tool and come back with {@link Dialogue#toolResult}. {@code argumentsJson} is a JSON object as text. */
        record Call(String toolUseId, String tool, String argumentsJson) implements Reply {}
    }

    private final java.util.Set<String> tools;
    private final Abilities abilities;
    private final Memory memory = new Memory();
    private final Understanding understanding;
    private final Map<String, Function<JsonNode, String>> pending = new LinkedHashMap<>();
    /** What was asked in the same breath and has not been looked at yet, and the answers to what has. */
    private final Deque<String> further = new ArrayDeque<>();
    private final List<String> answers = new ArrayList<>();
    /** The tool call whose result goes on with them; "" is none. */
    private String asking = "";
    private Persona persona = new Persona(Persona.DEFAULT_NAME, "");
    private int calls;

    /** A conversation that has not begun, with the tools that may be called. */
    public Dialogue(List<ToolSpec> tools) {
        this.tools = tools.stream().map(ToolSpec::name).collect(Collectors.toUnmodifiableSet());
        this.abilities = new Abilities(this.tools);
        this.understanding = new Understanding(new SmallTalk(abilities), abilities);
    }

    /** Takes the assistant's name ("You are Ada", "Your name is Ada") and greeting ("Greet the user with: …") from a system prompt. */
    public void systemPrompt(String text) {
        persona = Persona.of(text);
    }

    /** What to say before the user speaks; only if the system prompt sets it. */
    public Optional<Reply> greeting() {
        return persona.greeting().isEmpty() ? Optional.empty() : Optional.of(say(persona.greeting()));
    }

    /** Answers what the user said or typed; several requests in one breath one after the other, all in one reply. */
    public Reply user(String text) {
        further.clear();
        answers.clear();
        further.addAll(understanding.requests(text, persona));
        return proceed();
    }

    private Reply proceed() {
        asking = "";
        while (!further.isEmpty()) {
            switch (answer(further.removeFirst())) {
                case Reply.Say say -> answers.add(say.text());
                case Reply.Call call -> {
                    asking = call.toolUseId();
                    return call;
                }
            }
        }
        return say(String.join(" ", answers));
    }

    private Reply answer(String text) {
        var move = understanding.of(text, memory, persona);
        memory.turn++;
        return switch (move) {
            case Move.Tell tell -> say(tell.text());
            case Move.Ask ask -> tools.contains(ask.tool()) ? call(ask) : unable(ask.ability());
            case Move.Prefer(Move.Ask ask, String otherwise) ->
                tools.contains(ask.tool()) ? call(ask) : say(otherwise);
            case Move.Need need ->
                tools.contains(need.tool()) ? say(need.question()) : unable(need.ability());
        };
    }

    /** Words the result of a {@link Reply.Call}. A result that nobody waits for is passed over in silence. */
    public Reply toolResult(String toolUseId, String json) {
        var answer = pending.remove(toolUseId);
        if (answer == null) {
            return new Reply.Say("");
        }
        String said = worded(answer, json);
        if (!toolUseId.equals(asking)) {
            return say(said);
        }
        answers.add(said);
        return proceed();
    }

    private static String worded(Function<JsonNode, String> answer, String json) {
        try {
            var result = JSON.readTree(json.substring(0, Math.min(json.length(), MAX_RESULT)));
            var error = result.path("error");
            return error.isMissingNode() ? answer.apply(result) : error(error.asString(""));
        } catch (JacksonException | java.time.DateTimeException | NumberFormatException e) {
            return "Sorry, something went wrong with that.";
        }
    }

    /** Says something unasked, for example that a timer has ended. */
    public Reply notice(String text) {
        memory.expecting = Memory.Expecting.NOTHING;
        return say(Spoken.digits(brief(text)));
    }

    private Reply unable(String ability) {
        memory.expecting = Memory.Expecting.NOTHING;
        return say("I cannot " + ability + " here. " + abilities.offer());
    }

    private Reply call(Move.Ask ask) {
        if (pending.size() >= MAX_PENDING) {
            pending.remove(pending.keySet().iterator().next());
        }
        var id = "tool-" + ++calls;
        pending.put(id, ask.answer());
        return new Reply.Call(id, ask.tool(), ask.arguments().toString());
    }

    private static String error(String sentence) {
        return sentence.isBlank() ? "Sorry, that did not work." : "Sorry. " + Spoken.digits(brief(sentence));
    }

    private Reply say(String text) {
        var said = brief(text);
        if (!said.isEmpty()) {
            memory.lastSaid = said;
        }
        return new Reply.Say(said);
    }

    private static String brief(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= MAX_REPLY ? line
                : line.substring(0,
                        line.lastIndexOf(' ', MAX_REPLY - 4) > 0 ? line.lastIndexOf(' ', MAX_REPLY - 4)
                                : MAX_REPLY - 4)
                        + "\u2026";
    }
}
