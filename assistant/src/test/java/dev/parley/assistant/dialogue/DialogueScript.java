package dev.parley.assistant.dialogue;

import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.standard.UserTimers;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A dialogue with the real tools at a fixed time. */
final class DialogueScript {
    private final UserTimers timers = new UserTimers(DialogueScript::now, (delay, task) -> () -> {},
            timer -> {});
    private final ToolContext context = new ToolContext(DialogueScript::now, ZoneId.of("Europe/Paris"))
            .with(UserTimers.class, timers)
            .with(RandomGenerator.class, new Random(1));
    final Dialogue dialogue = new Dialogue(StandardTools.all().stream().map(Tool::spec).toList());

    /** Returns the tool that the utterance calls and its arguments, or "-". */
    static String call(String said) {
        return new DialogueScript().dialogue.user(said) instanceof Reply.Call call
                ? call.tool() + " " + call.argumentsJson().replace("\"", "")
                : "-";
    }

    /** Returns the reply after all tools have run. */
    String say(String said) {
        var reply = dialogue.user(said);
        for (int calls = 0; calls < 4 && reply instanceof Reply.Call call; calls++) {
            reply = dialogue.toolResult(call.toolUseId(),
                    ToolRunner.run(StandardTools.all(), call.tool(), call.argumentsJson(), context));
        }
        return reply instanceof Reply.Say say ? say.text() : "(another call)";
    }

    /** Returns the reply to the last utterance. */
    static String last(List<String> said) {
        var talk = new DialogueScript();
        said.subList(0, said.size() - 1).forEach(talk::say);
        return talk.say(said.getLast());
    }

    private static Instant now() {
        return Instant.parse("2026-11-23T06:05:00Z");
    }
}
