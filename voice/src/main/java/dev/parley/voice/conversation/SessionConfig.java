package dev.parley.voice.conversation;

import dev.parley.voice.StreamSettings;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code initializeConnection} and {@code startNewChat} may ask for; null where the browser left it open. {@code region} is read and
 * ignored: the server chooses where its model lives.
 *
 * @param enabledTools the tools to offer, by name; names that do not exist are ignored
 * @param persona      who the assistant shall be (Parley's extension)
 * @param audioFormat  {@code "base64"}, or {@code "binary"} for {@code audioOutput.content} as an attachment (Parley's extension)
 */
public record SessionConfig(@Nullable Inference inference, @Nullable Sensitivity sensitivity,
        @Nullable List<String> enabledTools, @Nullable String persona, @Nullable AudioFormat audioFormat) {

    /** How speech travels to the browser. */
    public enum AudioFormat {
        BASE64,
        BINARY
    }

    public SessionConfig {
        enabledTools = enabledTools == null ? null : List.copyOf(enabledTools);
    }

    /** Nothing asked for. */
    public static SessionConfig empty() {
        return new SessionConfig(null, null, null, null, null);
    }

    /** What a stream is opened with: this where it says something, else the server's options. */
    StreamSettings settings(String voiceId, Persona who, ConversationOptions options) {
        var tools = options.tools()
                .stream()
                .filter(tool -> who.mayUse(tool.name()))
                .filter(tool -> enabledTools == null || enabledTools.contains(tool.name()));
        return new StreamSettings(voiceId, inference == null ? options.inference() : inference,
                sensitivity == null ? options.sensitivity() : sensitivity, tools.toList());
    }

    /** This, with what {@code newer} asks for put over it. */
    SessionConfig with(SessionConfig newer) {
        return new SessionConfig(newer.inference != null ? newer.inference : inference,
                newer.sensitivity != null ? newer.sensitivity : sensitivity,
                newer.enabledTools != null ? newer.enabledTools : enabledTools,
                newer.persona != null ? newer.persona : persona,
                newer.audioFormat != null ? newer.audioFormat : audioFormat);
    }
}
