package dev.parley.voice.contract;

import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings that {@code initializeConnection} and {@code startNewChat} may contain; null if left out. {@code region} is read and
 * ignored: the server chooses the region of its model.
 *
 * @param enabledTools names of the tools to offer; unknown names are ignored
 * @param persona      id of the persona (Parley's extension)
 * @param audioFormat  {@code "base64"}, or {@code "binary"} for {@code audioOutput.content} as an attachment (Parley's extension)
 * @param pausable     whether the front end obeys {@code answerPaused} and {@code answerResumed} (Parley's extension)
 * @param replay       whether the front end keeps its sound until it is confirmed, and sends what was lost again (Parley's extension)
 */
public record SessionConfig(@Nullable Inference inference, @Nullable Sensitivity sensitivity,
        @Nullable List<String> enabledTools, @Nullable String persona, @Nullable AudioFormat audioFormat,
        @Nullable Boolean pausable, @Nullable Boolean replay) {

    /** The form of speech that is sent to the browser. */
    public enum AudioFormat {
        BASE64,
        BINARY
    }

    public SessionConfig {
        enabledTools = enabledTools == null ? null : List.copyOf(enabledTools);
    }

    /** Returns settings that are all left out. */
    public static SessionConfig empty() {
        return new SessionConfig(null, null, null, null, null, null, null);
    }

    /** Returns these settings, overridden by the settings of {@code newer}. */
    public SessionConfig with(SessionConfig newer) {
        return new SessionConfig(newer.inference != null ? newer.inference : inference,
                newer.sensitivity != null ? newer.sensitivity : sensitivity,
                newer.enabledTools != null ? newer.enabledTools : enabledTools,
                newer.persona != null ? newer.persona : persona,
                newer.audioFormat != null ? newer.audioFormat : audioFormat,
                newer.pausable != null ? newer.pausable : pausable,
                newer.replay != null ? newer.replay : replay);
    }
}
