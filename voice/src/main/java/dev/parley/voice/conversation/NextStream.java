package dev.parley.voice.conversation;

import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.stream.Collectors;

/** Collects the settings of the next model stream. Another persona brings its own voice and prompt. */
final class NextStream {

    private final ConversationOptions options;
    private final Voices voices;
    private SessionConfig config = SessionConfig.empty();
    private Persona persona;
    private String voice;
    private String prompt;

    NextStream(ConversationOptions options, Voices voices) {
        this.options = options;
        this.voices = voices;
        this.persona = options.personas().getFirst();
        this.voice = voices.orFirst(persona.voice());
        this.prompt = persona.prompt();
    }

    /** Returns whether the requested persona exists, or none was requested. */
    boolean knows(SessionConfig wanted) {
        return wanted.persona() == null || options.persona(wanted.persona()).isPresent();
    }

    String personas() {
        return options.personas().stream().map(Persona::id).collect(Collectors.joining(", "));
    }

    /** Replaces all settings requested before. */
    void begin(SessionConfig wanted) {
        config = wanted;
        become(wanted);
    }

    /** Replaces the settings that are requested; the others remain. */
    void add(SessionConfig wanted) {
        begin(config.with(wanted));
    }

    SessionConfig with(SessionConfig wanted) {
        return config.with(wanted);
    }

    private void become(SessionConfig wanted) {
        var id = wanted.persona();
        if (id != null && !id.equals(persona.id())) {
            persona = options.persona(id).orElse(persona);
            voice = voices.orFirst(persona.voice());
            prompt = persona.prompt();
        }
    }

    String voice() {
        return voice;
    }

    void voice(String id) {
        voice = id;
    }

    String prompt() {
        return prompt;
    }

    /** Returns the persona's prompt, which is used where the browser sends none. */
    String ownPrompt() {
        return persona.prompt();
    }

    void prompt(String text) {
        prompt = text;
    }

    /** Returns the persona's greeting; "" if the browser sent a prompt of its own. */
    String greeting() {
        return prompt.equals(persona.prompt()) ? persona.greeting() : "";
    }

    AudioFormat audioFormat() {
        var wanted = config.audioFormat();
        return wanted == null ? AudioFormat.BASE64 : wanted;
    }

    /** Returns the browser's settings, completed with those of the server. */
    StreamSettings settings() {
        var inference = config.inference();
        var sensitivity = config.sensitivity();
        var enabled = config.enabledTools();
        var tools = options.tools()
                .stream()
                .filter(tool -> persona.mayUse(tool.name()))
                .filter(tool -> enabled == null || enabled.contains(tool.name()));
        return new StreamSettings(voice, inference == null ? options.inference() : inference,
                sensitivity == null ? options.sensitivity() : sensitivity, tools.toList(),
                Boolean.TRUE.equals(config.pausable()), Boolean.TRUE.equals(config.replay()));
    }
}
