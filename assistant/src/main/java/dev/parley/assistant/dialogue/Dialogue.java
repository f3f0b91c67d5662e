package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.language.WrittenForms;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The assistant's side of one conversation in English. It takes the user's text and returns the reply or the tool to call. The embedded model
 * uses it.
 *
 * <p>
 * Pure and deterministic: the same inputs in the same order give the same replies; wordings alternate. Not thread-safe: its owner calls it
 * from one thread. It keeps a handful of short texts between turns and at most {@value #MAX_PENDING} open tool calls. It calls only the tools
 * it was given. It does not throw for any text.
 */
public final class Dialogue {
    /** Maximum length of a reply, in characters. */
    public static final int MAX_REPLY = 600;

    /** Maximum number of pending tool calls. A newer one replaces the oldest. */
    public static final int MAX_PENDING = 8;

    private static final String SORRY = "Sorry. ";
    private static final String CANNOT = "I cannot ";
    private static final String CANNOT_EITHER = "That is still beyond me.";
    private static final Pattern LEADING_SORRY = Pattern.compile(
            "(?i)^(?:(?:i am |i'm |we are )?(?:so |very )?sorry(?: about that| for that)?[,.;:! ]+(?:but )?){1,3}");
    private static final int MAX_RESULT = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The next step of the assistant. */
    public sealed interface Reply {

        /** Says this text; nothing if it is empty. */
        record Say(String text) implements Reply {}

        /** Calls this tool, whose result is passed to {@link Dialogue#toolResult}. {@code argumentsJson} is a JSON object as text. */
        record Call(String toolUseId, String tool, String argumentsJson) implements Reply {}
    }

    /**
     * The task that an earlier dialogue had when its state was written.
     *
     * @param heard   the last utterance that it was given, or ""
     * @param replied whether it had replied to that; otherwise its state is the one before that utterance
     * @param unsaid  the part of its reply that was not spoken
     */
    public record Left(String heard, boolean replied, String unsaid) {}

    private final Set<String> tools;
    private DialogueState state = new DialogueState();
    /** The state before the last utterance. */
    private DialogueState before = state.copy();
    private final IntentMatcher understanding;
    private final Map<String, Function<JsonNode, String>> pending = new LinkedHashMap<>();
    /** The further requests of the same utterance, and the answers to those already handled. */
    private final Deque<String> further = new ArrayDeque<>();
    private final List<String> answers = new ArrayList<>();
    /** The tool call whose result continues with the further requests; "" is none. */
    private String asking = "";
    private PromptIdentity persona = new PromptIdentity(PromptIdentity.DEFAULT_NAME, "");
    private int calls;
    private String heard = "";

    /** Creates the dialogue of a new conversation with the tools that it may call. */
    public Dialogue(List<ToolSpec> tools) {
        this.tools = tools.stream().map(ToolSpec::name).collect(Collectors.toUnmodifiableSet());
        this.understanding = new IntentMatcher(new SmallTalk(new AbilityPhrases(this.tools)));
    }

    /** Takes the assistant's name ("You are Ada", "Your name is Ada") and greeting ("Greet the user with: …") from a system prompt. */
    public void systemPrompt(String text) {
        persona = PromptIdentity.of(text);
    }

    /** Returns the greeting to say before the user speaks, if the system prompt sets one. */
    public Optional<Reply> greeting() {
        return persona.greeting().isEmpty() ? Optional.empty() : Optional.of(say(persona.greeting()));
    }

    /** Answers an utterance that was spoken or typed. Several requests in one utterance are answered in one reply. */
    public Reply user(String text) {
        heard = text;
        before = state.copy();
        state.understood = true;
        further.clear();
        answers.clear();
        further.addAll(understanding.requests(text, persona));
        return proceed();
    }

    /** Returns whether the last utterance was understood: it did not get the default reply. */
    public boolean understood() {
        return state.understood;
    }

    /** Undoes the last utterance, because its speaker went on. Restores the earlier state and ignores the results of its tools. */
    public void retract() {
        state = before.copy();
        further.clear();
        answers.clear();
        asking = "";
        pending.clear();
    }

    /**
     * Returns whether a text is better taken as the rest of the last utterance than alone: the whole is understood in the state before that
     * utterance, or the rest is not understood in the present state. Changes nothing.
     */
    public boolean continues(String whole, String rest) {
        return understands(whole, before) || !understands(rest);
    }

    /** Returns whether a text would be understood now. Changes nothing. */
    public boolean understands(String text) {
        return understands(text, state);
    }

    /**
     * Returns the state as text, for a dialogue at another server; at most 32 000 characters.
     *
     * @param replied whether the last utterance has its reply; otherwise the state before it is returned
     * @param unsaid  the part of the reply that was not spoken
     */
    public String snapshot(boolean replied, String unsaid) {
        return DialogueSnapshot.write(replied ? state : before, new Left(heard, replied, unsaid));
    }

    /** Goes on from the state that {@link #snapshot} returned. Text that is no such state changes nothing. */
    public Left restore(String snapshot) {
        return DialogueSnapshot.read(snapshot).map(found -> {
            state = found.state();
            before = state.copy();
            heard = found.left().heard();
            return found.left();
        }).orElse(new Left("", true, ""));
    }

    private boolean understands(String text, DialogueState from) {
        var copy = from.copy();
        copy.understood = true;
        for (String request : understanding.requests(text, persona)) {
            understanding.of(request, copy, persona);
            copy.turn++;
        }
        return copy.understood;
    }

    /** Returns the speed at which replies are to be spoken, 0.7 to 1.3; 1 is normal. The user changes it by "slower" and the like. */
    public double speed() {
        return state.speed / 100.0;
    }

    private Reply proceed() {
        asking = "";
        while (!further.isEmpty()) {
            switch (answer(further.removeFirst())) {
                case Reply.Say say -> add(say.text());
                case Reply.Call call -> {
                    asking = call.toolUseId();
                    return call;
                }
            }
        }
        return say(String.join(" ", answers));
    }

    /** Adds an answer to those of the same utterance. Omits a repeated answer, and keeps "Sorry" in the first one only. */
    private void add(String answer) {
        boolean sorry = answers.stream().anyMatch(said -> said.startsWith(SORRY));
        var said = sorry && answer.startsWith(SORRY) ? answer.substring(SORRY.length()) : answer;
        if (answers.stream().noneMatch(before -> before.equals(answer) || before.equals(said))) {
            answers.add(said);
        }
    }

    private Reply answer(String text) {
        var move = understanding.of(text, state, persona);
        state.turn++;
        return switch (move) {
            case Move.Tell tell -> say(state.aside ? tell.text() : freshRefusal(tell.text()));
            case Move.Ask ask -> tools.contains(ask.tool()) ? call(ask) : unable(ask.ability());
            case Move.Prefer(Move.Ask ask, String otherwise) ->
                tools.contains(ask.tool()) ? call(ask) : say(otherwise);
            case Move.Need need ->
                tools.contains(need.tool()) ? say(need.question()) : unable(need.ability());
        };
    }

    /** Words the result of a {@link Reply.Call}. A result of an unknown call is ignored. */
    public Reply toolResult(String toolUseId, String json) {
        var answer = pending.remove(toolUseId);
        if (answer == null) {
            return new Reply.Say("");
        }
        String said = fresh(worded(answer, json));
        if (!toolUseId.equals(asking)) {
            return say(said);
        }
        add(said);
        return proceed();
    }

    private static String worded(Function<JsonNode, String> answer, String json) {
        try {
            var result = JSON.readTree(json.substring(0, Math.min(json.length(), MAX_RESULT)));
            var error = result.path("error");
            return error.isMissingNode() ? answer.apply(result) : error(error.asString(""));
        } catch (JacksonException | java.time.DateTimeException | NumberFormatException e) {
            return SORRY + "Something went wrong with that.";
        }
    }

    /** Returns a reply for a notice, for example that a timer has ended. */
    public Reply notice(String text) {
        state.expecting = DialogueState.Expecting.NOTHING;
        state.aside = false;
        return say(text);
    }

    private Reply unable(String ability) {
        state.expecting = DialogueState.Expecting.NOTHING;
        return say(freshRefusal(CANNOT + ability + " here."));
    }

    /** Words a refusal shorter if it was also the reply to the utterance before. */
    private String freshRefusal(String said) {
        return said.startsWith(CANNOT) && said.equals(before.lastSaid) ? CANNOT_EITHER : said;
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
        var plain = LEADING_SORRY.matcher(brief(sentence)).replaceFirst("");
        return plain.isEmpty() ? SORRY + "That did not work." : SORRY + WrittenForms.sentence(plain);
    }

    /** Words a failure differently if it was also the last reply. */
    private String fresh(String said) {
        return said.startsWith(SORRY) && said.equals(state.lastSaid)
                ? "It is still the same: " + said.substring(SORRY.length())
                : said;
    }

    private Reply say(String text) {
        var said = brief(text);
        if (!said.isEmpty() && !state.aside) {
            state.lastSaid = said;
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
