package dev.parley.speech.dialogue;

import dev.parley.speech.dialogue.Dialogue.Reply;
import dev.parley.voice.tool.Notepad;
import dev.parley.voice.tool.Timers;
import dev.parley.voice.tool.Tool;
import dev.parley.voice.tool.ToolBox;
import dev.parley.voice.tool.ToolContext;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A dialogue with the real tools at a standing clock. */
final class Talk {
    private final Timers timers = new Timers(Talk::now, (delay, task) -> () -> {}, timer -> {});
    private final ToolContext context = new ToolContext(Talk::now, ZoneId.of("Europe/Paris"), new Notepad(),
            timers);
    final Dialogue dialogue = new Dialogue(ToolBox.standard().stream().map(Tool::spec).toList());

    /** The tool that the utterance calls with its arguments, or "-". */
    static String call(String said) {
        return new Talk().dialogue.user(said) instanceof Reply.Call call
                ? call.tool() + " " + call.argumentsJson().replace("\"", "")
                : "-";
    }

    /** What is said in the end, tools included. */
    String say(String said) {
        var reply = dialogue.user(said);
        for (int calls = 0; calls < 4 && reply instanceof Reply.Call call; calls++) {
            reply = dialogue.toolResult(call.toolUseId(),
                    ToolBox.run(ToolBox.standard(), call.tool(), call.argumentsJson(), context));
        }
        return reply instanceof Reply.Say say ? say.text() : "(another call)";
    }

    /** What is said in answer to the last of these. */
    static String last(List<String> said) {
        var talk = new Talk();
        said.subList(0, said.size() - 1).forEach(talk::say);
        return talk.say(said.getLast());
    }

    private static Instant now() {
        return Instant.parse("2026-11-23T06:05:00Z");
    }
}
