package dev.parley.nova;

import dev.parley.nova.event.OutputEvent;
import dev.parley.voice.ModelCommand;
import java.time.Instant;
import java.util.Optional;

/** An input of a {@link StreamChain}. A stream is named by the number under which {@link ChainEffect.Open} requested it. */
public sealed interface ChainInput {

    /** A command of the conversation. */
    record Command(ModelCommand command) implements ChainInput {}

    /** The service answers on this stream. {@code credentialsEnd} is when the credentials it was opened with expire, if they do. */
    record Connected(int stream, Optional<Instant> credentialsEnd) implements ChainInput {}

    /** The service sent this event on the stream. */
    record Received(int stream, OutputEvent event) implements ChainInput {}

    /** The stream has ended, whether requested or not. */
    record Ended(int stream, StreamFailure why) implements ChainInput {}

    /** The instant requested by {@link ChainEffect.Wake} has come. A superfluous one is harmless. */
    record Tick() implements ChainInput {}
}
