package dev.parley.calls.admission;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelStream;
import java.util.function.Consumer;

/**
 * An open stream whose commands are counted before it gets them. Its owner calls it from one thread.
 *
 * @param limit called with the message for the user when a limit is reached
 */
record MeteredStream(ModelStream stream, StreamMeter meter, Consumer<String> limit) implements ModelStream {

    @Override
    public void send(ModelCommand command) {
        var reached = meter.sent(command);
        stream.send(command);
        reached.ifPresent(limit);
    }
}
