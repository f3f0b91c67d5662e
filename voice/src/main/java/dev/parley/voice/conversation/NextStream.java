package dev.parley.voice.conversation;

import dev.parley.voice.Continuation;
import dev.parley.voice.StreamSettings;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.contract.SessionConfig.AudioFormat;
import java.util.Optional;
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

    /** Returns the message that refuses an unknown persona; empty if it exists, or none was requested. */
    Optional<String> refuses(SessionConfig wanted) {
        return wanted.persona() == null || options.persona(wanted.persona()).isPresent() ? Optional.empty()
                : Optional.of("There is no such persona; the personas are "
                        + options.personas().stream().map(Persona::id).collect(Collectors.joining(", "))
                        + ".");
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

    /** Returns the settings, for another server. */
    ConversationState.Settings state() {
        return new ConversationState.Settings(config, persona.id(), voice, prompt);
    }

    /** Takes the settings of another server. A persona that this server does not have is replaced by the default one, except for its prompt. */
    void restore(ConversationState.Settings state) {
        persona = options.persona(state.persona()).orElse(persona);
        config = state.config();
        voice = voices.orFirst(state.voice());
        prompt = state.prompt();
    }

    /** Takes what a browser says of its player when it comes back; the rest remains. */
    void goOn(SessionConfig wanted) {
        config = config.with(new SessionConfig(null, null, null, null, wanted.audioFormat(),
                wanted.pausable(), wanted.replay()));
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

    /** Returns the browser's settings, completed with those of the server, for a stream that continues this. */
    StreamSettings settings(Continuation continues) {
        var inference = config.inference();
        var sensitivity = config.sensitivity();
        var enabled = config.enabledTools();
        var tools = options.tools()
                .stream()
                .filter(tool -> persona.mayUse(tool.name()))
                .filter(tool -> enabled == null || enabled.contains(tool.name()));
        return new StreamSettings(voice, inference == null ? options.inference() : inference,
                sensitivity == null ? options.sensitivity() : sensitivity, tools.toList(),
                Boolean.TRUE.equals(config.pausable()), Boolean.TRUE.equals(config.replay()),
                options.portable(), continues);
    }
}
