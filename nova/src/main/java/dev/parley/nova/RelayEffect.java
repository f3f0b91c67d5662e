package dev.parley.nova;

import dev.parley.nova.event.InputEvent;
import dev.parley.voice.ModelEvent;
import java.time.Instant;

/** An effect that the owner of a {@link Relay} performs, in the order returned. */
public sealed interface RelayEffect {

    /** Opens a stream, whose fate becomes input. {@link Send} may follow at once, before the service has answered. */
    record Open(int stream) implements RelayEffect {}

    /** Sends an event on the stream. {@link InputEvent.AudioInput} is droppable, everything else is not. */
    record Send(int stream, InputEvent event) implements RelayEffect {}

    /** Ends our side of the stream and gives the service a moment to end its own. {@link RelayInput.Ended} follows. */
    record Finish(int stream) implements RelayEffect {}

    /** Drops the stream at once. {@link RelayInput.Ended} may follow. */
    record Cancel(int stream) implements RelayEffect {}

    /** Passes an event to the conversation. */
    record Emit(ModelEvent event) implements RelayEffect {}

    /** Feeds {@link RelayInput.Tick} at this instant; a later wake-up replaces an earlier one. */
    record Wake(Instant at) implements RelayEffect {}
}
