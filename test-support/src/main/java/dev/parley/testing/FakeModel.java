package dev.parley.testing;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.StreamSettings;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A speech model that a test controls: it records the commands that it receives and emits the events that the test gives it. */
public final class FakeModel implements SpeechModel {

    public final List<Stream> streams = new CopyOnWriteArrayList<>();
    public volatile boolean broken;
    public volatile boolean closed;
    public volatile boolean renews;
    public volatile boolean billed;
    public volatile boolean takesText = true;

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<Voice> voices() {
        return List.of(new Voice("ada", "Ada", "en"), new Voice("bob", "Bob", "en"));
    }

    @Override
    public boolean billed() {
        return billed;
    }

    @Override
    public boolean renewsStreams() {
        return renews;
    }

    @Override
    public boolean takesText() {
        return takesText;
    }

    @Override
    public ModelStream open(StreamSettings settings, Consumer<ModelEvent> events) {
        if (broken) {
            throw new IllegalStateException("broken for the test");
        }
        var stream = new Stream(settings, events);
        streams.add(stream);
        return stream;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** One stream. */
    public static final class Stream implements ModelStream {
        public final StreamSettings settings;
        public final List<ModelCommand> commands = new CopyOnWriteArrayList<>();
        private final Consumer<ModelEvent> events;

        private Stream(StreamSettings settings, Consumer<ModelEvent> events) {
            this.settings = settings;
            this.events = events;
        }

        public void say(ModelEvent event) {
            events.accept(event);
        }

        /** The beginning of an answer, without an end. */
        public void sayTheBeginning(String text) {
            say(new ModelEvent.AssistantText("a1", ModelEvent.Stage.SPECULATIVE, text,
                    ModelEvent.StopReason.PARTIAL_TURN));
            say(new ModelEvent.Audio("a1", new byte[960]));
        }

        @Override
        public void send(ModelCommand command) {
            commands.add(command);
            if (command instanceof ModelCommand.Close) {
                say(new ModelEvent.Ended());
            }
        }

        public boolean told(ModelCommand command) {
            return commands.contains(command);
        }

        public long audioBytes() {
            return commands.stream()
                    .mapToLong(c -> c instanceof ModelCommand.Audio(byte[] pcm) ? pcm.length : 0)
                    .sum();
        }
    }
}
