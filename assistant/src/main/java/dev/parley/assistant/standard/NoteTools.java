package dev.parley.assistant.standard;

import dev.parley.assistant.tool.ArgumentText;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The tools of the notepad: remember, recall, forget. */
final class NoteTools {
    private NoteTools() {}

    static Tool remember() {
        return Tool.of("remember", "Keeps a note for the user, for as long as this conversation lasts.",
                ToolParameters.none()
                        .required("text", JsonType.STRING,
                                "What to remember, in the user's words, for example: my car is on level three"),
                NoteTools::add);
    }

    static Tool recall() {
        return Tool.of("recall",
                "Tells what the user asked to remember: everything, or what a note says about something.",
                ToolParameters.none()
                        .optional("about", JsonType.STRING,
                                "Words to look for in the notes, for example: car. Leave out for all notes."),
                NoteTools::find);
    }

    static Tool forget() {
        return Tool.of("forget", "Deletes the notes about something, the latest note, or all notes.",
                ToolParameters.none()
                        .optional("about", JsonType.STRING, "Words to look for in the notes")
                        .optional("all", JsonType.BOOLEAN, "true deletes every note"),
                NoteTools::remove);
    }

    private static ObjectNode add(ObjectNode arguments, ToolContext context) {
        var text = ArgumentText.brief(ToolJson.text(arguments, "text"), Notepad.MAX_LENGTH);
        if (text.isEmpty()) {
            return ToolJson.error("Tell me what to remember.");
        }
        return Notepad.of(context).add(text) ? ToolJson.object().put("remembered", text)
                : ToolJson.error("The notepad is full. Ask me to forget something first.");
    }

    private static ObjectNode find(ObjectNode arguments, ToolContext context) {
        var about = ToolJson.text(arguments, "about");
        var notes = about.isEmpty() ? Notepad.of(context).all() : Notepad.of(context).about(about);
        var result = list("notes", notes);
        if (!about.isEmpty()) {
            result.put("about", ArgumentText.brief(about, UserTimers.MAX_LABEL));
        }
        return result;
    }

    private static ObjectNode remove(ObjectNode arguments, ToolContext context) {
        var pad = Notepad.of(context);
        var about = ToolJson.text(arguments, "about");
        var all = pad.all();
        var gone = ToolJson.flag(arguments, "all") ? all
                : !about.isEmpty() ? pad.about(about) : all.isEmpty() ? all : List.of(all.getLast());
        pad.remove(gone);
        return list("forgotten", gone);
    }

    private static ObjectNode list(String name, List<String> notes) {
        var result = ToolJson.object();
        var array = result.putArray(name);
        notes.forEach(array::add);
        return result;
    }
}
