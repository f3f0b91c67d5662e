package dev.parley.calls.admission;

import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelEvent.Usage;
import dev.parley.voice.ModelStream;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.Effect;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model streams of one call: opens them when there is room, counts their spending, and gives their places back. Belongs to the call's
 * owner, except {@link #isQueued}.
 */
public final class CallStreams {

    private static final Logger LOG = LoggerFactory.getLogger(CallStreams.class);

    private static final String FULL = "Too many people are talking at the moment.";
    private static final String TIME_OVER = "Your time for conversations is used up for today. Come back tomorrow.";

    private final Shared shared;
    private final Owner owner;
    private final Map<Integer, ModelStream> streams = new HashMap<>();
    private final Map<Integer, QueuedStream> places = new HashMap<>();
    private final Map<Integer, StreamMeter> meters = new HashMap<>();
    private Usage carried = new Usage(0, 0, 0, 0);
    private String formerPlace = "";
    private volatile boolean queued;
    private volatile boolean timeOver;

    /** The parts that the streams of all calls share. */
    public record Shared(Supplier<SpeechModel> model, CallBudget budget, Spending spending) {}

    /** The call. Events, positions and limits can be reported from any thread. */
    public interface Owner {

        /** The id of the call's socket, for the log. */
        String socket();

        /** Who the call's user is now. From any thread, like the next two. */
        Visitor visitor();

        /** Whether the call waits for its browser. */
        boolean isAway();

        /** Ends the call if it waits for its browser. */
        void giveUp();

        void fromModel(int stream, ModelEvent event);

        /** The position in the queue for this stream has changed; 0 is that there is room for it. */
        void position(int stream, int position);

        /** The stream has used as much as it may. */
        void limitReached(int stream, String message);

        /** A stream has to wait for room. */
        void queued();

        /** The stream has ended, or was told to close. */
        void closed(int stream);
    }

    public CallStreams(Shared shared, Owner owner) {
        this.shared = shared;
        this.owner = owner;
    }

    /** Whether a stream waits for room. From any thread. */
    public boolean isQueued() {
        return queued;
    }

    /**
     * Takes over what the conversation had at another server, before its first stream here.
     *
     * @param used  tokens
     * @param place name of its place there; "" if it had none
     */
    public void carry(Usage used, String place) {
        carried = used;
        formerPlace = place;
    }

    /** Returns the name of the place that the open stream has or waits for, among those of all servers; "" if there is none. */
    public String place() {
        return Stream.concat(places.values().stream(), streams.values().stream())
                .filter(QueuedStream.class::isInstance)
                .map(QueuedStream.class::cast)
                .findFirst()
                .map(shared.budget()::name)
                .orElse("");
    }

    /** Returns the tokens that the open stream has used, and those that were carried to it. */
    public Usage used() {
        return meters.values().stream().findFirst().map(StreamMeter::total).orElse(carried);
    }

    public boolean isOpen(int number) {
        return streams.containsKey(number);
    }

    /** Opens a stream, or queues it until there is room. */
    public void open(Effect.OpenModel open) {
        int number = open.stream();
        Visitor visitor = owner.visitor();
        var spent = shared.spending().dayOver(visitor);
        if (spent.isPresent()) {
            refuse(number, Failed.Kind.FATAL, spent.get());
            return;
        }
        var place = new QueuedStream(open, owner, formerPlace, position -> owner.position(number, position),
                () -> refuse(number, Failed.Kind.BUSY, FULL), () -> timeOver(number));
        formerPlace = "";
        switch (shared.budget().enter(place)) {
            case ADMITTED -> openNow(place);
            case WAITING -> streams.put(number, place);
            case FULL -> refuse(number, Failed.Kind.BUSY, FULL);
            case TOO_MANY ->
                refuse(number, Failed.Kind.BUSY, "You have as many conversations open as you may have here.");
            case TOO_OFTEN -> refuse(number, Failed.Kind.BUSY, "You have started too many conversations.");
            case TIME_OVER -> refuse(number, Failed.Kind.FATAL, TIME_OVER);
        }
    }

    private void timeOver(int number) {
        timeOver = true;
        owner.limitReached(number, TIME_OVER);
    }

    private void refuse(int number, Failed.Kind kind, String message) {
        owner.fromModel(number, new Failed(kind, message));
    }

    /** Whether the stream still waits for room. If it has left the queue meanwhile, it has given its place back. */
    public boolean isQueued(int number) {
        return streams.get(number) instanceof QueuedStream;
    }

    /** The position of a queued stream has changed; 0 opens it. */
    public void moved(int number, int position) {
        if (position == 0) {
            admitted(number);
        } else if (!queued) {
            queued = true;
            owner.queued();
        }
    }

    private void admitted(int number) {
        if (streams.remove(number) instanceof QueuedStream waiting) {
            queued = false;
            openNow(waiting);
            var opened = streams.get(number);
            if (opened != null) {
                waiting.passOn(opened);
            }
        }
    }

    private void openNow(QueuedStream place) {
        var open = place.wanted();
        int number = open.stream();
        var meter = shared.spending().meter(place.visitor(), carried);
        try {
            ModelStream stream = shared.model().get().open(open.settings(), event -> {
                owner.fromModel(number, event);
                meter.received(event).ifPresent(limit -> owner.limitReached(number, limit));
            });
            streams.put(number, new MeteredStream(stream, meter, limit -> owner.limitReached(number, limit)));
            meters.put(number, meter);
            places.put(number, place);
        } catch (RuntimeException failed) {
            shared.budget().leave(place);
            LOG.atError()
                    .addKeyValue("socket", owner.socket())
                    .setCause(failed)
                    .log("the speech model could not be opened");
            owner.fromModel(number, new Failed(Failed.Kind.FATAL, "The speech model could not be started."));
        }
    }

    /** Hands a command to a stream. A stream that is told to close gives its place back at once. */
    public void send(int number, ModelCommand command) {
        ModelStream stream = streams.get(number);
        if (stream != null) {
            stream.send(command);
            if (command instanceof ModelCommand.Close) {
                forget(number);
                if (stream instanceof QueuedStream) {
                    owner.fromModel(number, new ModelEvent.Ended());
                }
            }
        }
    }

    /** Tells all streams to close. */
    public void close() {
        for (int number : List.copyOf(streams.keySet())) {
            send(number, new ModelCommand.Close());
        }
    }

    /** Whether nothing more may be used today. */
    public boolean isDaySpent() {
        return timeOver || shared.spending().dayOver(owner.visitor()).isPresent();
    }

    /** Gives the place of a stream back that has ended. */
    public void on(ConversationEvent event, Instant now) {
        if (event instanceof ConversationEvent.StreamEnded(var number, var _failure)) {
            forget(number);
        }
    }

    private void forget(int number) {
        ModelStream gone = streams.remove(number);
        if (gone == null) {
            return;
        }
        owner.closed(number);
        if (meters.remove(number) != null) {
            carried = new Usage(0, 0, 0, 0);
        }
        if (gone instanceof QueuedStream waiting) {
            queued = false;
            shared.budget().leave(waiting);
        } else {
            Optional.ofNullable(places.remove(number)).ifPresent(shared.budget()::leave);
        }
    }
}
