package dev.parley.voice.tool;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The notepad: remember, recall, forget. */
final class NoteTools {
    private NoteTools() {}

    static Tool remember() {
        return Tool.of("remember", "Keeps a note for the user, for as long as this conversation lasts.",
                """
                        {"type":"object","properties":{"text":{"type":"string",\
                        "description":"What to remember, in the user's words, for example: my car is on level three"}},\
                        "required":["text"]}""",
                NoteTools::add);
    }

    static Tool recall() {
        return Tool.of("recall",
                "Tells what the user asked to remember: everything, or what a note says about something.",
                """
                        {"type":"object","properties":{"about":{"type":"string",\
                        "description":"Words to look for in the notes, for example: car. Leave out for all notes."}}}""",
                NoteTools::find);
    }

    static Tool forget() {
        return Tool.of("forget", "Deletes the notes about something, the latest note, or all notes.",
                """
                        {"type":"object","properties":{"about":{"type":"string","description":"Words to look for in the notes"},\
                        "all":{"type":"boolean","description":"true deletes every note"}}}""",
                NoteTools::remove);
    }

    private static ObjectNode add(ObjectNode arguments, ToolContext context) {
        var text = Texts.brief(Results.text(arguments, "text"), Notepad.MAX_LENGTH);
        if (text.isEmpty()) {
            return Results.error("Tell me what to remember.");
        }
        return context.notepad().add(text) ? Results.object().put("remembered", text)
                : Results.error("The notepad is full. Ask me to forget something first.");
    }

    private static ObjectNode find(ObjectNode arguments, ToolContext context) {
        var about = Results.text(arguments, "about");
        var notes = about.isEmpty() ? context.notepad().all() : context.notepad().about(about);
        var result = list("notes", notes);
        if (!about.isEmpty()) {
            result.put("about", Texts.brief(about, Timers.MAX_LABEL));
        }
        return result;
    }

    private static ObjectNode remove(ObjectNode arguments, ToolContext context) {
        var pad = context.notepad();
        var about = Results.text(arguments, "about");
        var all = pad.all();
        var gone = Results.flag(arguments, "all") ? all
                : !about.isEmpty() ? pad.about(about) : all.isEmpty() ? all : List.of(all.getLast());
        pad.remove(gone);
        return list("forgotten", gone);
    }

    private static ObjectNode list(String name, List<String> notes) {
        var result = Results.object();
        var array = result.putArray(name);
        notes.forEach(array::add);
        return result;
    }
}
