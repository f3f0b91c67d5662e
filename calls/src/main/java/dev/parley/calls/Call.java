package dev.parley.calls;

import dev.parley.assistant.standard.UserTimers;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.calls.admission.CallStreams;
import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.browser.BrowserLink;
import dev.parley.calls.transcript.TranscriptWriter;
import dev.parley.voice.Mailbox;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.ConversationEvent;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser's conversation while its socket is connected, and for a while after that was lost: the owner that feeds the
 * {@link Conversation} and carries out its effects.
 *
 * <p>
 * Each input (of the browser, of the model, of a tool, of an alarm) is a letter in its mailbox, handled by one virtual thread at a time,
 * which never waits. At most {@value #ROOM} letters wait. Audio is dropped once {@value #AUDIO_ROOM} letters or {@value #AUDIO_BYTES} bytes
 * of audio wait, more than the 15 s that a browser keeps; when another letter finds no room, the browser is disconnected.
 *
 * <p>
 * While the browser is away the model hears silence, so that the user's turn ends, and the answer is kept until the browser comes back. The
 * silence begins {@link BrowserLink#GAP} late if the browser sends what it has heard meanwhile when it comes back.
 */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    static final int ROOM = 1_024;
    static final int AUDIO_ROOM = 512;
    static final int AUDIO_BYTES = 1 << 20;

    private final CallServices services;
    private final Registry registry;
    private final BrowserLink link;
    private final Mailbox<Letter> mailbox;
    private final UserTimers timers;
    private final ToolRuns tools;
    private final CallStreams streams;
    private final CallStatus status = new CallStatus();
    private final List<CallSubscriber> subscribers = new ArrayList<>();
    private final Optional<ContentLog> log;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Touched by the owner only, like all below. */
    private @Nullable Conversation conversation;

    private Runnable cancelWake = () -> {};
    private Runnable cancelSilence = () -> {};
    private boolean over;
    private volatile Phase phase = Phase.IDLE;
    private final LongAdder drops = new LongAdder();
    private final AtomicInteger audioWaiting = new AtomicInteger();

    /** Knows each call by the id of its socket. Thread-safe. */
    interface Registry {

        /** The call's browser is on another socket. */
        void moved(Call call, String from, String to);

        void ended(Call call, String id);
    }

    private sealed interface Letter {

        /**
         * A command of the browser.
         *
         * @param acknowledge called with the acknowledgement, if the browser wants one
         */
        record Asked(BrowserConnection from, BrowserCommand command, boolean wantsAck,
                Consumer<Acknowledgement> acknowledge) implements Letter {}

        /** Something else than the browser has news. */
        record Told(Input input) implements Letter {}

        /** The position in the queue for this stream; 0 is that there is room for it. */
        record Position(int stream, int position) implements Letter {}

        /** This stream has used as much as it may. */
        record Limit(int stream, String message) implements Letter {}

        /** The browser is no longer on this connection. */
        record Gone(BrowserConnection connection, String reason) implements Letter {}

        /** The browser is there again, on this connection. */
        record Back(BrowserConnection connection, BrowserCommand.Initialize asked, ResumeRequest resume,
                Consumer<Acknowledgement> acknowledge) implements Letter {}

        /** Time to send silence to the model for a browser that is away. */
        record Silence() implements Letter {}

        /** The call waits for its browser no longer. */
        record GiveUp() implements Letter {}
    }

    Call(BrowserConnection connection, CallServices services, Registry registry) {
        this.services = services;
        this.registry = registry;
        this.link = new BrowserLink(connection, services.resumable().place(this));
        this.mailbox = new Mailbox<>(services.executor()::execute, this::handle);
        this.timers = new UserTimers(services.clock(), services.alarm(),
                due -> post(new Input.Notice(due.notice())));
        this.tools = new ToolRuns(services,
                new ToolContext(services.clock(), services.zone()).with(UserTimers.class, timers));
        this.streams = new CallStreams(services.streams(), new StreamOwner());
        subscribers.add(streams::on);
        subscribers.add(status);
        subscribers.add(new CallMeter(services.listener()));
        services.transcripts().map(TranscriptWriter::new).ifPresent(writer -> subscribers.add(writer::on));
        this.log = services.logContent() ? Optional.of(new ContentLog(connection.id())) : Optional.empty();
    }

    /** Takes a command of the browser. Never waits, so that it may be called on an event loop. */
    void browser(BrowserConnection from, BrowserCommand command, boolean wantsAck,
            Consumer<Acknowledgement> acknowledge) {
        var letter = new Letter.Asked(from, command, wantsAck, acknowledge);
        if (command instanceof BrowserCommand.Audio(byte[] pcm)) {
            if (audioWaiting.addAndGet(pcm.length) > AUDIO_BYTES || !mailbox.post(letter, AUDIO_ROOM)) {
                audioWaiting.addAndGet(-pcm.length);
                drops.increment();
                link.audioDropped(from);
                services.listener().audioDropped();
            }
        } else if (!mailbox.post(letter, ROOM)) {
            overflow();
        }
    }

    /** The browser of this connection has gone; if it asked for that, the call waits for it. */
    void gone(BrowserConnection connection, String reason) {
        mailbox.post(new Letter.Gone(connection, reason), Integer.MAX_VALUE);
    }

    /** A browser that knows the call's token goes on with it, on another connection; false when the call is over. */
    boolean comeBack(BrowserConnection connection, BrowserCommand.Initialize asked, ResumeRequest resume,
            Consumer<Acknowledgement> acknowledge) {
        return link.claim()
                && mailbox.post(new Letter.Back(connection, asked, resume, acknowledge), Integer.MAX_VALUE);
    }

    /** Ends the call if its browser is away. */
    void giveUp() {
        mailbox.post(new Letter.GiveUp(), Integer.MAX_VALUE);
    }

    /** Ends the call. */
    void close(String reason) {
        mailbox.post(new Letter.Told(new Input.Disconnected(reason)), Integer.MAX_VALUE);
    }

    /** Whether the assistant thinks or speaks. From any thread. */
    boolean answering() {
        return phase == Phase.THINKING || phase == Phase.SPEAKING;
    }

    /** The state of the conversation, unless it has not begun or is over. From any thread. */
    Optional<CallView> view() {
        var now = phase;
        if (!now.live()) {
            return Optional.empty();
        }
        String state = link.isAway() ? "away"
                : streams.isQueued() ? "in line" : now.name().toLowerCase(Locale.ROOT);
        return status.since()
                .map(since -> new CallView(link.connection().id(), state, since, status.turns(),
                        status.bargeIns(), drops.sum()));
    }

    /** Completed when nothing of the call is left. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void post(Input input) {
        post(new Letter.Told(input));
    }

    private void post(Letter letter) {
        if (!mailbox.post(letter, ROOM)) {
            overflow();
        }
    }

    private void overflow() {
        LOG.atWarn()
                .addKeyValue("socket", link.connection().id())
                .log("a call has too much to do and is hung up");
        link.connection().disconnect();
        giveUp();
    }

    private void handle(Letter letter) {
        if (over) {
            if (letter instanceof Letter.Back back) {
                back.connection().disconnect();
            }
            return;
        }
        try {
            switch (letter) {
                case Letter.Asked asked -> asked(asked);
                case Letter.Told told -> feed(told.input(), Call::ignore);
                case Letter.Position moved -> moved(moved);
                case Letter.Limit limit -> limited(limit);
                case Letter.Gone gone -> lost(gone);
                case Letter.Back back -> resume(back);
                case Letter.Silence _now -> silence();
                case Letter.GiveUp _now -> giveUpIfAway();
            }
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("socket", link.connection().id())
                    .setCause(bug)
                    .log("a call failed and is hung up");
            end();
            link.connection().disconnect();
        }
    }

    /** Ignores what arrives late from a connection that the browser has left: it has sent it again, or has gone on elsewhere. */
    private void asked(Letter.Asked asked) {
        if (asked.command() instanceof BrowserCommand.Audio(byte[] pcm)) {
            audioWaiting.addAndGet(-pcm.length);
        }
        if (link.carries(asked.from())) {
            link.received(asked.command(), services.clock().instant());
            feed(new Input.FromBrowser(asked.command(), asked.wantsAck()), asked.acknowledge());
        }
    }

    private void lost(Letter.Gone gone) {
        if (!link.isOn(gone.connection())) {
            return;
        }
        if (phase.live() && !services.draining().getAsBoolean()
                && link.lose(gone.reason(), services.clock().instant())) {
            silence();
        } else if (link.closeUnlessClaimed()) {
            feed(new Input.Disconnected(gone.reason()), Call::ignore);
        }
    }

    private void resume(Letter.Back back) {
        cancelSilence.run();
        registry.moved(this, link.connection().id(), back.connection().id());
        link.moveTo(back.connection(), back.asked(), back.resume());
        link.settle();
        services.listener().resumed();
        back.acknowledge().accept(Acknowledgement.success());
    }

    private void silence() {
        Instant now = services.clock().instant();
        if (link.isLate(now) || !phase.live()) {
            giveUpIfAway();
        } else if (link.isAway()) {
            cancelSilence = services.alarm().in(link.untilSilence(now), () -> post(new Letter.Silence()));
            link.silence(now).ifPresent(input -> feed(input, Call::ignore));
        }
    }

    private void giveUpIfAway() {
        if (link.isAway() && link.closeUnlessClaimed()) {
            services.listener().abandoned();
            feed(new Input.Disconnected("the browser did not come back"), Call::ignore);
        }
    }

    private void moved(Letter.Position moved) {
        if (streams.isQueued(moved.stream())) {
            link.emit(new BrowserEvent.QueuePosition(moved.position()));
            streams.moved(moved.stream(), moved.position());
        }
    }

    private void limited(Letter.Limit limit) {
        if (streams.isOpen(limit.stream())) {
            streams.send(limit.stream(), new ModelCommand.Close());
            var kind = streams.isDaySpent() ? Failed.Kind.FATAL : Failed.Kind.RECOVERABLE;
            feed(new Input.FromModel(limit.stream(), new Failed(kind, limit.message())), Call::ignore);
        }
    }

    private void feed(Input input, Consumer<Acknowledgement> acknowledge) {
        if (conversation == null) {
            conversation = new Conversation(link.connection().id(), services.options().get());
        }
        Instant now = services.clock().instant();
        if (input instanceof Input.FromBrowser(BrowserCommand.Audio(byte[] pcm), var _wantsAck)) {
            subscribers.forEach(subscriber -> subscriber.heard(pcm, now));
        }
        for (Effect effect : conversation.on(input, now)) {
            log.ifPresent(content -> content.effect(effect));
            carryOut(effect, acknowledge, now);
        }
        phase = over ? Phase.GONE : conversation.phase();
    }

    private void carryOut(Effect effect, Consumer<Acknowledgement> acknowledge, Instant now) {
        switch (effect) {
            case Effect.OpenModel open -> streams.open(open);
            case Effect.ToModel(int stream, ModelCommand command) -> streams.send(stream, command);
            case Effect.ToBrowser(BrowserEvent event) -> link.emit(event);
            case Effect.Acknowledge(Acknowledgement answer) -> acknowledge.accept(answer);
            case Effect.RunTool call -> tools.start(call, json -> post(new Input.ToolFinished(call, json)));
            case Effect.Tell(ConversationEvent event) ->
                subscribers.forEach(subscriber -> subscriber.on(event, now));
            case Effect.Wake(Instant at) -> {
                cancelWake.run();
                cancelWake = services.alarm().in(Duration.between(now, at), () -> post(new Input.Tick()));
            }
            case Effect.Ended over -> end();
        }
    }

    /** The only place where a call ends, whatever the cause. */
    private void end() {
        over = true;
        phase = Phase.GONE;
        cancelWake.run();
        cancelSilence.run();
        timers.close();
        tools.close();
        streams.close();
        link.over();
        registry.ended(this, link.connection().id());
        ended.complete(null);
    }

    private static void ignore(Acknowledgement answer) {}

    private final class StreamOwner implements CallStreams.Owner {

        @Override
        public String socket() {
            return link.connection().id();
        }

        @Override
        public void fromModel(int stream, ModelEvent event) {
            post(new Input.FromModel(stream, event));
        }

        @Override
        public void position(int stream, int position) {
            post(new Letter.Position(stream, position));
        }

        @Override
        public void limitReached(int stream, String message) {
            post(new Letter.Limit(stream, message));
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
