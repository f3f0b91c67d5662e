package dev.parley.calls.visitor;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.SessionConfig;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a browser may choose for its conversation, and what is fixed for it. Leaves out of its commands what it may not choose, without an error: front ends
 * send all of it unasked. Immutable; thread-safe if the supplier is.
 *
 * @param may      asked for each command, since it may depend on the model; its result is used only if nothing is fixed
 * @param grant    fixed values, which replace the browser's; {@link Grant#NOTHING} if {@code isFixed} is false
 * @param isFixed  whether the browser may choose nothing, except some of the granted tools
 * @param standard used for the part of the inference settings that the browser may not choose
 */
public record Choices(Supplier<Set<Choice>> may, Grant grant, boolean isFixed, Inference standard) {

    /** Returns choices without any restriction. */
    public static Choices all(Inference standard) {
        Set<Choice> all = Set.copyOf(EnumSet.allOf(Choice.class));
        return new Choices(() -> all, Grant.NOTHING, false, standard);
    }

    /** Returns the choices of a browser for which a grant fixes everything. */
    public static Choices fixed(Grant grant, Inference standard) {
        return new Choices(Set::of, grant, true, standard);
    }

    /** Returns the command without what the browser may not choose. */
    public BrowserCommand allowed(BrowserCommand command) {
        return switch (command) {
            case BrowserCommand.Initialize(var config, var resume) ->
                new BrowserCommand.Initialize(allowed(config), resume);
            case BrowserCommand.NewChat(var config) -> new BrowserCommand.NewChat(allowed(config));
            case BrowserCommand.PromptStart(var voice, var rate) ->
                new BrowserCommand.PromptStart(voice(voice), rate);
            case BrowserCommand.SystemPrompt(var content, var voice) ->
                new BrowserCommand.SystemPrompt(allows(Choice.PROMPT) ? content : null, voice(voice));
            case BrowserCommand.Voice(var _id) ->
                allows(Choice.VOICE) ? command : new BrowserCommand.Unknown("voiceConfig");
            case BrowserCommand.Audio _audio -> command;
            case BrowserCommand.Text _text -> command;
            case BrowserCommand.AudioStart _start -> command;
            case BrowserCommand.Stop _stop -> command;
            case BrowserCommand.Resume _resume -> command;
            case BrowserCommand.Rejected _rejected -> command;
            case BrowserCommand.Unknown _unknown -> command;
        };
    }

    /** Returns the settings without what the browser may not choose. */
    public SessionConfig allowed(SessionConfig given) {
        return new SessionConfig(inference(given.inference()), given.sensitivity(),
                tools(given.enabledTools()),
                fixed(grant.persona().orElse(null), given.persona(), Choice.PERSONA), given.audioFormat(),
                given.pausable(), given.replay());
    }

    private boolean allows(Choice choice) {
        return !isFixed && may.get().contains(choice);
    }

    private @Nullable String voice(@Nullable String given) {
        return fixed(grant.voice().orElse(null), given, Choice.VOICE);
    }

    private @Nullable String fixed(@Nullable String granted, @Nullable String given, Choice choice) {
        return granted != null ? granted : allows(choice) ? given : null;
    }

    private @Nullable List<String> tools(@Nullable List<String> given) {
        if (grant.tools().isEmpty()) {
            return allows(Choice.TOOLS) ? given : null;
        }
        List<String> granted = grant.tools().get();
        return given == null ? granted : granted.stream().filter(given::contains).toList();
    }

    private @Nullable Inference inference(@Nullable Inference given) {
        boolean style = allows(Choice.TEMPERATURE);
        boolean length = allows(Choice.MAX_TOKENS);
        if (given == null || (!style && !length)) {
            return null;
        }
        return new Inference(length ? given.maxTokens() : standard.maxTokens(),
                style ? given.topP() : standard.topP(), style ? given.temperature() : standard.temperature());
    }
}
