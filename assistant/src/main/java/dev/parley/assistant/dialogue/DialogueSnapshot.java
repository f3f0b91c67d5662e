package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.DialogueState.AppointmentDraft.Purpose;
import dev.parley.assistant.dialogue.DialogueState.Expecting;
import dev.parley.assistant.dialogue.DialogueState.Topic;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the state of a dialogue as JSON, and reads it at another server. Members that are missing or unknown are ignored, so that a server
 * reads what earlier and later versions wrote. Stateless.
 */
final class DialogueSnapshot {

    /** Maximum length of a text of the state that is read, in characters. The rest is cut off. */
    static final int MAX_TEXT = 1_000;

    /** Maximum length of an utterance, and of the rest of a reply, in characters. */
    private static final int MAX_UNSAID = 4_000;

    private static final JsonMapper JSON = JsonMapper.shared();

    private DialogueSnapshot() {}

    /** A state that was read. */
    record Found(DialogueState state, Dialogue.Left left) {}

    static String write(DialogueState state, Dialogue.Left left) {
        var json = JSON.createObjectNode()
                .put("fallbacks", state.fallbacks)
                .put("unheards", state.unheards)
                .put("turn", state.turn)
                .put("understood", state.understood)
                .put("expecting", state.expecting.name())
                .put("awaited", state.awaited.name())
                .put("topic", state.topic.name())
                .put("label", state.label)
                .put("result", state.result)
                .put("amount", state.amount)
                .put("unit", state.unit)
                .put("target", state.target)
                .put("timer", state.timer)
                .put("timerSeconds", state.timerSeconds)
                .put("alarm", state.alarm)
                .put("alarmPm", state.alarmPm)
                .put("alarmLabel", state.alarmLabel)
                .put("chance", state.chance)
                .put("chanceTurn", state.chanceTurn)
                .put("list", state.list)
                .put("weatherPlace", state.weatherPlace)
                .put("weatherDay", state.weatherDay)
                .put("userName", state.userName)
                .put("caller", state.caller)
                .put("booked", state.booked)
                .put("bookedName", state.bookedName)
                .put("lastSaid", state.lastSaid)
                .put("aside", state.aside)
                .put("speed", state.speed);
        json.putObject("appointment")
                .put("purpose", state.appointment.purpose.name())
                .put("day", state.appointment.day)
                .put("time", state.appointment.time)
                .put("name", state.appointment.name);
        return json.put("heard", cut(left.heard(), MAX_UNSAID))
                .put("replied", left.replied())
                .put("unsaid", cut(left.unsaid(), MAX_UNSAID))
                .toString();
    }

    /** Returns the state that was written; empty if the text is no JSON object. */
    static Optional<Found> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject()
                    ? Optional.of(new Found(read(json),
                            new Dialogue.Left(text(json, "heard", MAX_UNSAID),
                                    json.path("replied").asBoolean(true), text(json, "unsaid", MAX_UNSAID))))
                    : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    private static DialogueState read(JsonNode json) {
        var state = new DialogueState();
        state.fallbacks = Math.max(0, json.path("fallbacks").asInt(0));
        state.unheards = Math.max(0, json.path("unheards").asInt(0));
        state.turn = json.path("turn").asInt(0);
        state.understood = json.path("understood").asBoolean(true);
        state.expecting = constant(json, "expecting", Expecting.NOTHING);
        state.awaited = constant(json, "awaited", Expecting.NOTHING);
        state.topic = constant(json, "topic", Topic.NONE);
        state.label = text(json, "label");
        state.result = text(json, "result");
        state.amount = text(json, "amount");
        state.unit = text(json, "unit");
        state.target = text(json, "target");
        state.timer = text(json, "timer");
        state.timerSeconds = json.path("timerSeconds").asLong(0);
        state.alarm = text(json, "alarm");
        state.alarmPm = json.path("alarmPm").asBoolean(false);
        state.alarmLabel = text(json, "alarmLabel");
        state.chance = text(json, "chance");
        state.chanceTurn = json.path("chanceTurn").asInt(0);
        state.list = text(json, "list");
        state.weatherPlace = text(json, "weatherPlace");
        state.weatherDay = json.path("weatherDay").asInt(0);
        state.userName = text(json, "userName");
        state.caller = text(json, "caller");
        state.booked = text(json, "booked");
        state.bookedName = text(json, "bookedName");
        state.lastSaid = text(json, "lastSaid");
        state.aside = json.path("aside").asBoolean(false);
        state.speed = Math.clamp(json.path("speed").asInt(SpeedSkill.NORMAL), SpeedSkill.SLOWEST,
                SpeedSkill.FASTEST);
        JsonNode draft = json.path("appointment");
        state.appointment.purpose = constant(draft, "purpose", Purpose.BOOK);
        state.appointment.day = text(draft, "day");
        state.appointment.time = text(draft, "time");
        state.appointment.name = text(draft, "name");
        return state;
    }

    private static String text(JsonNode json, String name) {
        return text(json, name, MAX_TEXT);
    }

    private static String text(JsonNode json, String name, int most) {
        return cut(json.path(name).asString(""), most);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    private static <E extends Enum<E>> E constant(JsonNode json, String name, E otherwise) {
        String text = json.path(name).asString("");
        for (E constant : otherwise.getDeclaringClass().getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        return otherwise;
    }
}
