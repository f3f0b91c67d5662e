package dev.parley.calls.state;

import dev.parley.assistant.standard.UserTimers.Timer;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import dev.parley.voice.conversation.ConversationState;
import dev.parley.voice.conversation.ConversationState.Sentence;
import dev.parley.voice.conversation.ConversationState.Settings;
import dev.parley.voice.conversation.ConversationState.SpokenTurn;
import dev.parley.voice.conversation.ConversationState.ToolResult;
import dev.parley.voice.conversation.ConversationState.Turns;
import dev.parley.voice.conversation.Turn.Role;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the state of a call from the JSON that {@link StateWriter} wrote. Stateless. */
final class StateReader {

    private StateReader() {}

    static CallState state(JsonNode json) throws MalformedStateException {
        var conversation = json.path("conversation");
        if (!conversation.path("id").isString() || !conversation.path("turns").isObject()) {
            throw new MalformedStateException("the state of a call lacks its conversation");
        }
        var transcript = json.path("transcript");
        return new CallState(conversation(conversation), link(json.path("link")), items(json.path("items")),
                transcript.isString() ? Optional.of(transcript.stringValue()) : Optional.empty(),
                usage(json.path("used")), text(json, "place"));
    }

    private static ConversationState conversation(JsonNode json) {
        var settings = json.path("settings");
        return new ConversationState(text(json, "id"), positive(json, "streams"),
                new Settings(config(settings.path("config")), text(settings, "persona"),
                        text(settings, "voice"), text(settings, "prompt")),
                json.path("listens").asBoolean(false), turns(json.path("turns")), text(json, "snapshot"),
                all(json.path("found"),
                        one -> new ToolResult(text(one, "tool"), text(one, "arguments"), text(one, "json"))),
                texts(json.path("notices")));
    }

    private static SessionConfig config(JsonNode json) {
        var inference = json.path("inference");
        var tools = json.path("enabledTools");
        return new SessionConfig(
                inference.isObject() ? new Inference(inference.path("maxTokens").asInt(1024),
                        inference.path("topP").asDouble(0.9), inference.path("temperature").asDouble(0.7))
                        : null,
                constant(json, "sensitivity", Sensitivity.class), tools.isArray() ? texts(tools) : null,
                json.path("persona").isString() ? text(json, "persona") : null,
                constant(json, "audioFormat", AudioFormat.class), flag(json, "pausable"),
                flag(json, "replay"));
    }

    private static Turns turns(JsonNode json) {
        var turns = all(json.path("all"), StateReader::turn);
        int last = turns.stream().mapToInt(SpokenTurn::number).max().orElse(0);
        return new Turns(turns, Math.max(last, positive(json, "last")), json.path("asked").asBoolean(false),
                json.path("answering").asBoolean(false));
    }

    private static SpokenTurn turn(JsonNode json) {
        Role role = constant(json, "role", Role.class);
        return new SpokenTurn(positive(json, "number"), role == null ? Role.USER : role,
                texts(json.path("texts")),
                all(json.path("owed"), one -> new Sentence(text(one, "block"), text(one, "text"))),
                json.path("cut").asBoolean(false));
    }

    private static CallState.Sent link(JsonNode json) {
        return new CallState.Sent(Math.max(0, json.path("count").asLong(0)),
                all(json.path("events"), one -> new CallState.Event(one.path("number").asLong(0),
                        text(one, "name"), text(one, "json"))));
    }

    private static UserItems items(JsonNode json) {
        var lists = new LinkedHashMap<String, List<String>>();
        json.path("lists").properties().forEach(list -> lists.put(list.getKey(), texts(list.getValue())));
        var timers = new ArrayList<Timer>();
        json.path("timers").forEach(one -> timer(one).ifPresent(timers::add));
        return new UserItems(timers, positive(json, "lastTimer"), texts(json.path("notes")), lists);
    }

    private static Optional<Timer> timer(JsonNode json) {
        try {
            return Optional
                    .of(new Timer(positive(json, "id"), Duration.ofMillis(json.path("millis").asLong(0)),
                            text(json, "label"), Instant.parse(text(json, "ends")), text(json, "at")));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static Usage usage(JsonNode json) {
        return new Usage(positive(json, "inputSpeech"), positive(json, "inputText"),
                positive(json, "outputSpeech"), positive(json, "outputText"));
    }

    private static <T> List<T> all(JsonNode array, Function<JsonNode, T> read) {
        var all = new ArrayList<T>();
        if (array.isArray()) {
            array.forEach(one -> all.add(read.apply(one)));
        }
        return all;
    }

    private static List<String> texts(JsonNode array) {
        return all(array, text -> text.asString(""));
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asString("");
    }

    private static int positive(JsonNode json, String name) {
        return Math.max(0, json.path(name).asInt(0));
    }

    private static @Nullable Boolean flag(JsonNode json, String name) {
        var node = json.path(name);
        return node.isBoolean() ? Boolean.valueOf(node.booleanValue()) : null;
    }

    private static <E extends Enum<E>> @Nullable E constant(JsonNode json, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text(json, name))) {
                return constant;
            }
        }
        return null;
    }
}
