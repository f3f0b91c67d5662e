package dev.parley.nova;

import dev.parley.voice.StreamSettings;
import java.time.Instant;
import java.util.List;

/** Opens the streams of one conversation, which have their settings and system prompt in common. Not thread-safe. */
final class StreamOpening {

    /** The system prompt of a conversation without one: the service requires it. */
    private static final String STANDARD_PROMPT = "You are a friendly assistant. Answer briefly, as people do when they talk.";

    private final String id;
    private final StreamSettings settings;
    private final ModelFeatures features;
    private String system = STANDARD_PROMPT;
    private int opened;

    StreamOpening(String id, StreamSettings settings, ModelFeatures features) {
        this.id = id;
        this.settings = settings;
        this.features = features;
    }

    /** Sets the system prompt; a blank one is replaced. */
    void system(String prompt) {
        system = prompt.isBlank() ? STANDARD_PROMPT : prompt;
    }

    /** Opens the next stream and sends everything up to the open microphone. */
    ChainStream open(List<History.Message> history, ChainEffects out, Instant now) {
        var stream = new ChainStream(id, ++opened, now);
        out.open(stream);
        out.send(stream, stream.opening(settings, features, system, history));
        return stream;
    }
}
