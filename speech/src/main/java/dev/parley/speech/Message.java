package dev.parley.speech;

import dev.parley.speech.synthesis.Sound;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent.Failed.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** A message to a stream: from its conversation, from its own work on other threads, or from the model. */
sealed interface Message {

    /** A command of the conversation. */
    record Command(ModelCommand command) implements Message {}

    /**
     * The result of a recognition.
     *
     * @param follows how closely the sound follows what was played, 0 to 1; see {@link dev.parley.speech.turn.Echo}
     */
    record Decoded(int attempt, String text, double follows) implements Message {}

    /** The sound of a sentence; empty if synthesis failed. */
    record Spoken(int job, Optional<Sound> sound) implements Message {}

    /** Work of the answers that was done on another thread comes back. */
    record Work(Consumer<Instant> task) implements Message {}

    /** Sound that could be heard was dropped before it was listened to. */
    record SoundLost() implements Message {}

    /** The models are loaded: the stream may begin. */
    record Loaded(Engines engines) implements Message {}

    /** The stream cannot continue. */
    record Broken(Kind kind, String why) implements Message {}

    /** The model is being closed. */
    record Stop() implements Message {}
}
