package dev.parley.nova;

import dev.parley.voice.Continuation;
import dev.parley.voice.ModelEvent;
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

    /** Returns the part of the conversation that another server held. */
    Continuation continues() {
        return settings.continues();
    }

    /** Opens the next stream, gives it the history and asks it what is unanswered. It hears the audio that was not recognised. */
    ChainStream open(CarriedTurns turns, UnrecognisedAudio unrecognised, ChainEffects out, Instant now) {
        if (unrecognised.beginningLost()) {
            out.emit(new ModelEvent.QuestionLost());
        }
        var stream = new ChainStream(id, ++opened, now);
        out.open(stream);
        out.send(stream, stream.opening(settings, features, system, turns.history(now)));
        askAgain(stream, turns, out);
        unrecognised.forNextStream().forEach(pcm -> out.send(stream, List.of(stream.audio(pcm))));
        return stream;
    }

    /** Asks the stream what is unanswered. Gives that up if the model takes no text. */
    void askAgain(ChainStream stream, CarriedTurns turns, ChainEffects out) {
        if (features.typedInput()) {
            out.send(stream, stream.askAgain(turns.pending()));
        } else if (turns.abandon()) {
            out.emit(new ModelEvent.QuestionLost());
        }
    }
}
