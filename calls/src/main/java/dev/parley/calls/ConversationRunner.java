package dev.parley.calls;

import dev.parley.assistant.standard.UserTimers;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.calls.admission.CallStreams;
import dev.parley.calls.browser.BrowserLink;
import dev.parley.calls.browser.LinkState;
import dev.parley.calls.state.CallState;
import dev.parley.calls.state.UserItems;
import dev.parley.calls.transcript.TranscriptWriter;
import dev.parley.calls.visitor.Choices;
import dev.parley.calls.visitor.Visitor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.SessionConfig;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds the {@link Conversation} of one call and carries out its effects: model streams, tools, timers, events for the browser, and the
 * subscribers. Belongs to the call's owner, except {@link #phase}, {@link #status} and {@link #isQueued}.
 */
final class ConversationRunner {

    private final CallServices services;
    private final BrowserLink link;
    private final Consumer<CallMessage> post;
    private final Runnable ended;
    private final UserTimers timers;
    private final ToolContext context;
    private final ToolRuns tools;
    private final CallStreams streams;
    private final CallStatus status = new CallStatus();
    private final List<CallSubscriber> subscribers = new ArrayList<>();
    private final Optional<ContentLog> log;
    private final Optional<TranscriptWriter> transcript;
    private @Nullable Conversation conversation;
    private Runnable cancelWake = () -> {};
    private boolean over;
    private volatile Phase phase = Phase.IDLE;

    /**
     * Creates the runner of a conversation that begins with its first input.
     *
     * @param post  posts a message to the call, from any thread
     * @param ended called when the conversation is over for good
     */
    ConversationRunner(CallServices services, BrowserLink link, Consumer<CallMessage> post, Runnable ended) {
        this.services = services;
        this.link = link;
        this.post = post;
        this.ended = ended;
        this.timers = new UserTimers(services.clock(), services.alarm(),
                due -> tell(new Input.Notice(due.notice())));
        this.context = new ToolContext(services.clock(), services.zone()).with(UserTimers.class, timers);
        this.tools = new ToolRuns(services, context);
        this.streams = new CallStreams(services.streams(), new StreamOwner());
        subscribers.add(streams::on);
        subscribers.add(status);
        subscribers.add(new CallMeter(services.listener()));
        this.transcript = services.transcripts().map(TranscriptWriter::new);
        transcript.ifPresent(writer -> subscribers.add(writer::on));
        this.log = services.logContent() ? Optional.of(new ContentLog(link.connection().id()))
                : Optional.empty();
    }

    /** The phase of the conversation. From any thread. */
    Phase phase() {
        return phase;
    }

    /** Counts of the conversation. From any thread. */
    CallStatus status() {
        return status;
    }

    /** Whether the conversation waits for a stream. From any thread. */
    boolean isQueued() {
        return streams.isQueued();
    }

    /** Whether an input was handled. */
    boolean begun() {
        return conversation != null;
    }

    /** Handles an input. */
    void feed(Input input) {
        feed(input, answer -> {});
    }

    /** Handles an input of the browser. */
    void feed(Input input, Consumer<Acknowledgement> acknowledge) {
        Choices choices = link.connection().admission().choices();
        if (conversation == null) {
            conversation = new Conversation(link.connection().id(), services.options().get());
            if (choices.isFixed()) {
                // A front end that does not initialize its conversation gets what is fixed for it, too.
                conversation.on(
                        new Input.FromBrowser(
                                new BrowserCommand.Initialize(choices.allowed(SessionConfig.empty()), null)),
                        services.clock().instant());
            }
        }
        step(input instanceof Input.FromBrowser(var command, var wantsAck)
                && !(command instanceof BrowserCommand.Audio)
                        ? new Input.FromBrowser(choices.allowed(command), wantsAck)
                        : input,
                acknowledge);
    }

    private void step(Input input, Consumer<Acknowledgement> acknowledge) {
        Conversation talk = Objects.requireNonNull(conversation);
        Instant now = services.clock().instant();
        if (input instanceof Input.FromBrowser(BrowserCommand.Audio(byte[] pcm), var _wantsAck)) {
            subscribers.forEach(subscriber -> subscriber.heard(pcm, now));
        }
        for (Effect effect : talk.on(input, now)) {
            log.ifPresent(content -> content.effect(effect));
            carryOut(effect, acknowledge, now);
        }
        phase = over ? Phase.GONE : talk.phase();
    }

    private void carryOut(Effect effect, Consumer<Acknowledgement> acknowledge, Instant now) {
        switch (effect) {
            case Effect.OpenModel open -> streams.open(open);
            case Effect.ToModel(int stream, ModelCommand command) -> streams.send(stream, command);
            case Effect.ToBrowser(BrowserEvent event) -> link.emit(event);
            case Effect.Acknowledge(Acknowledgement answer) -> acknowledge.accept(answer);
            case Effect.RunTool call -> tools.start(call, json -> tell(new Input.ToolFinished(call, json)));
            case Effect.Tell(ConversationEvent event) ->
                subscribers.forEach(subscriber -> subscriber.on(event, now));
            case Effect.Wake(Instant at) -> {
                cancelWake.run();
                cancelWake = services.alarm().in(Duration.between(now, at), () -> tell(new Input.Tick()));
            }
            case Effect.Ended over -> ended.run();
        }
    }

    /** The position in the queue for a stream has changed. */
    void moved(CallMessage.Position moved) {
        if (streams.isQueued(moved.stream())) {
            link.emit(new BrowserEvent.QueuePosition(moved.position()));
            streams.moved(moved.stream(), moved.position());
        }
    }

    /** A stream has used as much as it may. */
    void limited(CallMessage.Limit limit) {
        if (streams.isOpen(limit.stream())) {
            streams.send(limit.stream(), new ModelCommand.Close());
            var kind = streams.isDaySpent() ? Failed.Kind.FATAL : Failed.Kind.RECOVERABLE;
            feed(new Input.FromModel(limit.stream(), new Failed(kind, limit.message())));
        }
    }

    /** Goes on with the conversation that another server had, in place of one that has not begun. */
    void restore(CallState state, SessionConfig wanted) {
        conversation = new Conversation(state.conversation(), services.options().get());
        transcript.ifPresent(writer -> state.transcript().ifPresent(writer::resume));
        streams.carry(state.used(), state.place());
        feed(new Input.Continued(link.connection().admission().choices().allowed(wanted)));
        state.items().into(context);
    }

    /** Returns the state from which another server can go on; empty unless a stream is open. */
    Optional<CallState> state() {
        return Optional.ofNullable(conversation)
                .flatMap(Conversation::state)
                .map(found -> new CallState(found, sent(link.state()), UserItems.of(context),
                        transcript.flatMap(TranscriptWriter::id), streams.used(), streams.place()));
    }

    private static CallState.Sent sent(LinkState link) {
        return new CallState.Sent(link.count(),
                link.events()
                        .stream()
                        .map(event -> new CallState.Event(event.number(), event.name(), event.json()))
                        .toList());
    }

    /** Returns the events that the browser of a state was sent, for its link here. */
    static LinkState linkOf(CallState state) {
        return new LinkState(state.link().count(),
                state.link()
                        .events()
                        .stream()
                        .map(event -> new LinkState.KeptEvent(event.number(), event.name(), event.json()))
                        .toList());
    }

    /** Ends streams, tools and timers. */
    void close() {
        over = true;
        phase = Phase.GONE;
        cancelWake.run();
        timers.close();
        tools.close();
        streams.close();
    }

    private void tell(Input input) {
        post.accept(new CallMessage.Told(input));
    }

    private final class StreamOwner implements CallStreams.Owner {

        @Override
        public String socket() {
            return link.connection().id();
        }

        @Override
        public Visitor visitor() {
            return link.connection().visitor();
        }

        @Override
        public boolean isAway() {
            return link.isAway();
        }

        @Override
        public void giveUp() {
            post.accept(new CallMessage.GiveUp());
        }

        @Override
        public void fromModel(int stream, ModelEvent event) {
            tell(new Input.FromModel(stream, event));
        }

        @Override
        public void position(int stream, int position) {
            post.accept(new CallMessage.Position(stream, position));
        }

        @Override
        public void limitReached(int stream, String message) {
            post.accept(new CallMessage.Limit(stream, message));
        }

        @Override
        public void queued() {
            services.resumable().giveWay();
        }

        @Override
        public void closed(int stream) {
            tools.cancel(stream);
        }
    }
}
