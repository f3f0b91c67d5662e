package dev.parley.calls.state;

import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.conversation.ConversationState;
import dev.parley.voice.conversation.ConversationState.Turns;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the state of a call as a JSON object. {@link StateReader} reads it. Stateless. */
final class StateWriter {

    private static final int LAST_TURNS = 4;

    private StateWriter() {}

    static ObjectNode json(CallState state) {
        var json = JsonNodeFactory.instance.objectNode();
        conversation(json.putObject("conversation"), state.conversation());
        link(json.putObject("link"), state.link());
        items(json.putObject("items"), state.items());
        state.transcript().ifPresent(id -> json.put("transcript", id));
        json.putObject("used")
                .put("inputSpeech", state.used().inputSpeech())
                .put("inputText", state.used().inputText())
                .put("outputSpeech", state.used().outputSpeech())
                .put("outputText", state.used().outputText());
        json.put("place", state.place());
        return json;
    }

    /**
     * Leaves out the oldest half of the events, or else of the turns before the last {@value #LAST_TURNS}, of the results of tools, the model's
     * own state, or the last turns. Returns false if nothing is left to leave out.
     */
    static boolean shorten(ObjectNode json) {
        var conversation = (ObjectNode) json.path("conversation");
        var turns = (ArrayNode) conversation.path("turns").path("all");
        return halve((ArrayNode) json.path("link").path("events"), 0) || halve(turns, LAST_TURNS)
                || halve((ArrayNode) conversation.path("found"), 0) || forget(conversation, "snapshot")
                || halve(turns, 0);
    }

    private static boolean forget(ObjectNode json, String name) {
        boolean there = !json.path(name).asString("").isEmpty();
        json.put(name, "");
        return there;
    }

    private static boolean halve(ArrayNode all, int kept) {
        int dropped = Math.max(0, all.size() - kept + 1) / 2;
        for (int i = 0; i < dropped; i++) {
            all.remove(0);
        }
        return dropped > 0;
    }

    private static void conversation(ObjectNode json, ConversationState state) {
        json.put("id", state.id())
                .put("streams", state.streams())
                .put("listens", state.listens())
                .put("snapshot", state.snapshot());
        var settings = json.putObject("settings")
                .put("persona", state.settings().persona())
                .put("voice", state.settings().voice())
                .put("prompt", state.settings().prompt());
        config(settings.putObject("config"), state.settings().config());
        turns(json.putObject("turns"), state.turns());
        var found = json.putArray("found");
        texts(json.putArray("notices"), state.notices());
        state.found()
                .forEach(one -> found.addObject()
                        .put("tool", one.tool())
                        .put("arguments", one.arguments())
                        .put("json", one.json()));
    }

    private static void config(ObjectNode json, SessionConfig config) {
        var inference = config.inference();
        if (inference != null) {
            json.putObject("inference")
                    .put("maxTokens", inference.maxTokens())
                    .put("topP", inference.topP())
                    .put("temperature", inference.temperature());
        }
        if (config.sensitivity() != null) {
            json.put("sensitivity", config.sensitivity().name());
        }
        var tools = config.enabledTools();
        if (tools != null) {
            texts(json.putArray("enabledTools"), tools);
        }
        if (config.persona() != null) {
            json.put("persona", config.persona());
        }
        if (config.audioFormat() != null) {
            json.put("audioFormat", config.audioFormat().name());
        }
        if (config.pausable() != null) {
            json.put("pausable", config.pausable());
        }
        if (config.replay() != null) {
            json.put("replay", config.replay());
        }
    }

    private static void turns(ObjectNode json, Turns turns) {
        json.put("last", turns.last()).put("asked", turns.asked()).put("answering", turns.answering());
        var all = json.putArray("all");
        for (var turn : turns.all()) {
            var one = all.addObject()
                    .put("number", turn.number())
                    .put("role", turn.role().name())
                    .put("cut", turn.cut());
            texts(one.putArray("texts"), turn.texts());
            var owed = one.putArray("owed");
            turn.owed()
                    .forEach(sentence -> owed.addObject()
                            .put("block", sentence.block())
                            .put("text", sentence.text()));
        }
    }

    private static void link(ObjectNode json, CallState.Sent link) {
        json.put("count", link.count());
        var events = json.putArray("events");
        link.events()
                .forEach(event -> events.addObject()
                        .put("number", event.number())
                        .put("name", event.name())
                        .put("json", event.json()));
    }

    private static void items(ObjectNode json, UserItems items) {
        json.put("lastTimer", items.lastTimer());
        var timers = json.putArray("timers");
        items.timers()
                .forEach(timer -> timers.addObject()
                        .put("id", timer.id())
                        .put("millis", timer.length().toMillis())
                        .put("label", timer.label())
                        .put("ends", timer.ends().toString())
                        .put("at", timer.at()));
        texts(json.putArray("notes"), items.notes());
        var lists = json.putObject("lists");
        items.lists().forEach((name, list) -> texts(lists.putArray(name), list));
    }

    private static void texts(ArrayNode json, List<String> texts) {
        texts.forEach(json::add);
    }
}
