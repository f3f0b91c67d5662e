package dev.parley.voice.nova;

import dev.parley.voice.ModelCommand;
import java.time.Instant;
import java.util.Optional;

/** What happens to a {@link Relay}. Streams are named by the number under which {@link RelayEffect.Open} asked for them. */
public sealed interface RelayInput {

    /** The conversation says this. */
    record Command(ModelCommand command) implements RelayInput {}

    /** The service answers on this stream; {@code credentialsEnd} is when those that it was opened with run out, if they do. */
    record Connected(int stream, Optional<Instant> credentialsEnd) implements RelayInput {}

    /** The stream tells this. */
    record Told(int stream, OutputEvent event) implements RelayInput {}

    /** The stream is over, as it was asked to be or not. */
    record Over(int stream, Failure why) implements RelayInput {}

    /** The instant asked for by {@link RelayEffect.Wake} has come. One too many does no harm. */
    record Tick() implements RelayInput {}
}
