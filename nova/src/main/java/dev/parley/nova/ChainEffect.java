package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import dev.parley.voice.ModelEvent;
import java.time.Instant;

/** An effect that the owner of a {@link StreamChain} performs, in the order returned. */
public sealed interface ChainEffect {

    /** Opens a stream, whose fate becomes input. {@link Send} may follow at once, before the service has answered. */
    record Open(int stream) implements ChainEffect {}

    /** Sends an event on the stream. {@link InputEvent.AudioInput} is droppable, everything else is not. */
    record Send(int stream, InputEvent event) implements ChainEffect {}

    /** Ends our side of the stream and gives the service a moment to end its own. {@link ChainInput.Ended} follows. */
    record Finish(int stream) implements ChainEffect {}

    /** Drops the stream at once. {@link ChainInput.Ended} may follow. */
    record Cancel(int stream) implements ChainEffect {}

    /** Passes an event to the conversation. */
    record Emit(ModelEvent event) implements ChainEffect {}

    /** Feeds {@link ChainInput.Tick} at this instant; a later wake-up replaces an earlier one. */
    record Wake(Instant at) implements ChainEffect {}
}
