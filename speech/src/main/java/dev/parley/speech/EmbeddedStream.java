package dev.parley.speech;

import dev.parley.speech.answer.Answers;
import dev.parley.speech.synthesis.Speaker;
import dev.parley.speech.turn.Pauses;
import dev.parley.voice.Continuation;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed.Kind;
import dev.parley.voice.ModelStream;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with the embedded model. Its own virtual thread takes messages from the inbox and wakes when timed work is due; that
 * thread owns all state. It begins when the models are loaded, and then handles earlier messages in order.
 */
final class EmbeddedStream implements ModelStream {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStream.class);

    private final Setting setting;
    private final Inbox inbox = new Inbox();

    /** Dependencies and settings of a stream. */
    record Setting(Speaker speaker, boolean pausable, boolean replay, boolean portable,
            Continuation continues, List<ToolSpec> tools, Inference inference, Pauses pauses,
            Duration toolWait, Duration loadWait, Workers workers, InstantSource clock,
            Answers.Factory answers, Consumer<ModelEvent> events) {}

    EmbeddedStream(Setting setting) {
        this.setting = setting;
    }

    @Override
    public void send(ModelCommand command) {
        inbox.add(new Message.Command(command));
    }

    void tell(Message message) {
        inbox.add(message);
    }

    /**
     * Runs the stream until it ends. Its last event has been sent when this method returns.
     *
     * @param over frees the stream's place, before the last event: a receiver of that event may open another stream
     */
    void run(Runnable over) {
        ModelEvent last;
        try {
            last = whenLoaded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            last = new ModelEvent.Ended();
        } catch (RejectedExecutionException e) {
            last = new ModelEvent.Failed(Kind.BUSY,
                    "The speech model has too much to do; try again in a moment.");
        } catch (RuntimeException e) {
            LOG.error("a stream failed", e);
            last = new ModelEvent.Failed(Kind.RECOVERABLE, "The speech model failed.");
        }
        inbox.close();
        over.run();
        try {
            setting.events().accept(last);
        } catch (RuntimeException e) {
            LOG.error("a conversation failed to take its last event", e);
        }
    }

    private ModelEvent whenLoaded() throws InterruptedException {
        Optional<Message> first = inbox.awaitLoaded(setting.loadWait());
        return switch (first.orElse(
                new Message.Broken(Kind.BUSY, "The speech model is still loading; try again in a moment."))) {
            case Message.Loaded loaded -> converse(loaded.engines());
            case Message.Broken broken -> new ModelEvent.Failed(broken.kind(), broken.why());
            case Message.Stop stop -> new ModelEvent.Ended();
            case Message.Command closed -> new ModelEvent.Ended();
            case Message.Decoded decoded -> throw new IllegalStateException("decoded before loaded");
            case Message.Spoken spoken -> throw new IllegalStateException("spoken before loaded");
            case Message.Work work -> throw new IllegalStateException("worked before loaded");
            case Message.SoundLost lost -> throw new IllegalStateException("not awaited");
        };
    }

    private ModelEvent converse(Engines engines) throws InterruptedException {
        var talk = new Talk(setting, engines, inbox::add);
        try {
            while (true) {
                Optional<ModelEvent> last = inbox.take(talk.untilNext()).flatMap(talk::handle);
                if (last.isPresent()) {
                    return last.get();
                }
                talk.tick();
            }
        } finally {
            talk.cancel();
        }
    }
}
