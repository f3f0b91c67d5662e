package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent;
import java.time.Instant;

/** What a {@link Relay} wants done, in this order. */
public sealed interface RelayEffect {

    /** Open a stream and feed what becomes of it. {@link Send} may follow at once, before the service has answered. */
    record Open(int stream) implements RelayEffect {}

    /** Hand this to the stream. {@link InputEvent.AudioInput} is droppable, everything else is not. */
    record Send(int stream, InputEvent event) implements RelayEffect {}

    /** Nothing more will be sent: end our side, and give the service a moment to end its own. {@link RelayInput.Over} follows. */
    record Finish(int stream) implements RelayEffect {}

    /** Drop the stream at once. {@link RelayInput.Over} may follow. */
    record Cancel(int stream) implements RelayEffect {}

    /** Tell the conversation. */
    record Tell(ModelEvent event) implements RelayEffect {}

    /** Feed {@link RelayInput.Tick} at this instant; a later one replaces an earlier. */
    record Wake(Instant at) implements RelayEffect {}
}
