package dev.parley.speech;

import dev.parley.speech.synthesis.Sound;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent.Failed.Kind;
import java.util.Optional;

/** What reaches a stream: from its conversation, from its own work on other threads, from the model. */
sealed interface Message {

    /** What the conversation asks for. */
    record Command(ModelCommand command) implements Message {}

    /** Recognition has finished. */
    record Decoded(int attempt, String text) implements Message {}

    /** A sentence is sound, or, if empty, could not be made to be. */
    record Spoken(int job, Optional<Sound> sound) implements Message {}

    /** The models are loaded: the stream may begin. */
    record Loaded(Engines engines) implements Message {}

    /** The stream cannot go on. */
    record Broken(Kind kind, String why) implements Message {}

    /** The model is being closed. */
    record Stop() implements Message {}
}
