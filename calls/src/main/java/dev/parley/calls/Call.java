package dev.parley.calls;

import dev.parley.calls.admission.AudioPace;
import dev.parley.calls.browser.BrowserConnection;
import dev.parley.calls.browser.BrowserLink;
import dev.parley.calls.state.CallState;
import dev.parley.voice.Mailbox;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.Phase;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser's conversation while its socket is connected, and for a while after that was lost: the owner of the
 * {@link ConversationRunner} that carries it out.
 *
 * <p>
 * Each input (of the browser, of the model, of a tool, of an alarm) is a message in its mailbox, handled by one virtual thread at a time,
 * which never waits. At most {@value #ROOM} messages wait. Audio is dropped once {@value #AUDIO_ROOM} messages or {@value #AUDIO_BYTES} bytes
 * of audio wait, more than the 15 s that a browser keeps; when another message finds no room, the browser is disconnected.
 *
 * <p>
 * While the browser is away the model hears silence, so that the user's turn ends, and the answer is kept until the browser comes back. The
 * silence begins {@link BrowserLink#GAP} late if the browser sends what it has heard meanwhile when it comes back. With a store of calls, a
 * browser can also come back to another server, and the call ends here as soon as that is known ({@link CallStateWriter}).
 */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    static final int ROOM = 1_024;
    static final int AUDIO_ROOM = 512;
    static final int AUDIO_BYTES = 1 << 20;

    /** The reason with which Socket.IO reports that the browser itself has left. */
    private static final String LEFT = "client namespace disconnect";

    /** The reason with which it reports that this server ends. */
    private static final String SHUT_DOWN = "server shutting down";

    private final CallServices services;
    private final Registry registry;
    private final BrowserLink link;
    private final Mailbox<CallMessage> mailbox;
    private final IncomingAudio audio;
    private final ConversationRunner conversation;
    private final CallStateWriter stateWriter;
    private final HeldMessages held = new HeldMessages();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Touched by the owner only, like the next one. */
    private Runnable cancelSilence = () -> {};

    private boolean over;

    /** Whether the browser came back while the store of calls was slow, so that it may have been at another server before. */
    private boolean unconfirmed;

    /** Knows each call by the id of its socket. Thread-safe. */
    interface Registry {

        /** The call's browser is on another socket. */
        void moved(Call call, String from, String to);

        void ended(Call call, String id);
    }

    Call(BrowserConnection connection, CallServices services, Registry registry) {
        this.services = services;
        this.registry = registry;
        this.link = new BrowserLink(connection, services.resumable().place(this));
        this.mailbox = new Mailbox<>(services.executor()::execute, this::handle);
        this.audio = new IncomingAudio(AudioPace.of(services.audioAhead(), services.clock()), mailbox, link,
                services.listener());
        this.conversation = new ConversationRunner(services, link, this::post, this::end);
        this.stateWriter = new CallStateWriter(services.storeOptions(), services.runtime(),
                conversation::state, this::post);
    }

    /** Takes a command of the browser. Never waits, so that it may be called on an event loop. */
    void browser(BrowserConnection from, BrowserCommand command, boolean wantsAck,
            Consumer<Acknowledgement> acknowledge) {
        var message = new CallMessage.Asked(from, command, wantsAck, acknowledge);
        if (command instanceof BrowserCommand.Audio(byte[] pcm)) {
            audio.post(message, pcm.length);
        } else {
            post(message);
        }
    }

    /** The browser of this connection has gone; if it asked for that, the call waits for it. */
    void gone(BrowserConnection connection, String reason) {
        mailbox.post(new CallMessage.Gone(connection, reason), Integer.MAX_VALUE);
    }

    /** A browser that knows the call's token goes on with it, on another connection; false when the call is over. */
    boolean comeBack(BrowserConnection connection, BrowserCommand.Initialize asked, ResumeRequest resume,
            Consumer<Acknowledgement> acknowledge) {
        return link.claim() && mailbox.post(new CallMessage.Back(connection, asked, resume, acknowledge),
                Integer.MAX_VALUE);
    }

    /** Ends the call if its browser is away. */
    void giveUp() {
        mailbox.post(new CallMessage.GiveUp(), Integer.MAX_VALUE);
    }

    /** Clients are moved to other servers from now on. */
    void drain() {
        mailbox.post(new CallMessage.Drain(), Integer.MAX_VALUE);
    }

    /** Ends the call, since the server ends. */
    void close(String reason) {
        mailbox.post(new CallMessage.Shutdown(reason), Integer.MAX_VALUE);
    }

    /** Whether the assistant thinks or speaks. From any thread. */
    boolean answering() {
        Phase now = conversation.phase();
        return now == Phase.THINKING || now == Phase.SPEAKING;
    }

    /** The state of the conversation, unless it has not begun or is over. From any thread. */
    Optional<CallView> view() {
        var now = conversation.phase();
        if (!now.live()) {
            return Optional.empty();
        }
        String state = link.isAway() ? "away"
                : conversation.isQueued() ? "in line" : now.name().toLowerCase(Locale.ROOT);
        CallStatus status = conversation.status();
        return status.since()
                .map(since -> new CallView(link.connection().id(), state, since, status.turns(),
                        status.bargeIns(), audio.drops()));
    }

    /** Completed when nothing of the call is left. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void post(CallMessage message) {
        if (!mailbox.post(message, ROOM)) {
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

    private void handle(CallMessage message) {
        if (over) {
            tooLate(message);
            return;
        }
        if (held.holds(message)) {
            if (!held.add(message) && message instanceof CallMessage.Asked asked) {
                noRoom(asked);
            }
            return;
        }
        try {
            switch (message) {
                case CallMessage.Asked asked -> asked(asked);
                case CallMessage.Told told -> feed(told.input());
                case CallMessage.Position moved -> conversation.moved(moved);
                case CallMessage.Limit limit -> {
                    conversation.limited(limit);
                    keep(true);
                }
                case CallMessage.Gone gone -> lost(gone);
                case CallMessage.Back back -> comesBack(back);
                case CallMessage.Silence _now -> silence();
                case CallMessage.GiveUp _now -> giveUpIfAway();
                case CallMessage.Drain _now -> stateWriter.hurry();
                case CallMessage.Shutdown(String reason) -> handOver(reason);
                case CallMessage.Keep _now -> stateWriter.plan();
                case CallMessage.Kept(CallStateWriter.Outcome outcome) -> kept(outcome);
                case CallMessage.Confirmed confirmed -> confirmed(confirmed);
                case CallMessage.Fetched fetched -> fetched(fetched);
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

    private void noRoom(CallMessage.Asked asked) {
        if (asked.command() instanceof BrowserCommand.Audio) {
            audio.taken(asked.command());
            audio.dropped(asked.from());
        } else {
            asked.from().disconnect();
        }
    }

    /** Ignores what arrives late from a connection that the browser has left: it has sent it again, or has gone on elsewhere. */
    private void asked(CallMessage.Asked asked) {
        audio.taken(asked.command());
        if (asked.command() instanceof BrowserCommand.Initialize initialize && !conversation.begun()
                && stateWriter.seeks(initialize.resume(), services.resumable()::isGenuine)) {
            held.hold();
            stateWriter.fetch(asked, initialize);
        } else if (link.carries(asked.from())) {
            link.received(asked.command(), services.clock().instant());
            feed(new Input.FromBrowser(asked.command(), asked.wantsAck()), asked.acknowledge());
        }
    }

    /** The browser asked for a call that another server may have had. */
    private void fetched(CallMessage.Fetched fetched) {
        if (fetched.state().isPresent()) {
            CallState state = fetched.state().get();
            link.restore(ConversationRunner.linkOf(state), state.conversation().listens(), fetched.asked(),
                    fetched.resume());
            services.listener().resumed();
            fetched.message().acknowledge().accept(Acknowledgement.success());
            conversation.restore(state, fetched.asked().config());
            keep(true);
        } else {
            asked(fetched.message());
        }
        held.release().forEach(this::handle);
    }

    private void lost(CallMessage.Gone gone) {
        if (!link.isOn(gone.connection())) {
            return;
        }
        boolean draining = services.draining().getAsBoolean();
        if (conversation.phase().live() && !draining
                && link.lose(gone.reason(), services.clock().instant())) {
            stateWriter.away(true);
            silence();
        } else if (link.closeUnlessClaimed()) {
            if (draining ? !gone.reason().equals(LEFT) : gone.reason().equals(SHUT_DOWN)) {
                handOver(gone.reason());
            } else {
                feed(new Input.Disconnected(gone.reason()));
            }
        }
    }

    /** Resumes the call. With a store of calls, asks it first: the browser may have been at another server since. */
    private void comesBack(CallMessage.Back back) {
        if (services.storeOptions().isPresent()) {
            held.hold();
            stateWriter.confirm(back);
        } else {
            resume(back);
        }
    }

    private void confirmed(CallMessage.Confirmed confirmed) {
        if (confirmed.outcome() == CallStateWriter.Outcome.TAKEN) {
            confirmed.back().connection().disconnect(); // it reconnects, and finds the call where it is
            goneElsewhere();
        } else {
            unconfirmed = confirmed.outcome() == CallStateWriter.Outcome.UNKNOWN;
            resume(confirmed.back());
        }
        held.release().forEach(this::handle);
    }

    private void resume(CallMessage.Back back) {
        cancelSilence.run();
        registry.moved(this, link.connection().id(), back.connection().id());
        link.moveTo(back.connection(), back.asked(), back.resume());
        link.settle();
        stateWriter.away(false);
        services.listener().resumed();
        back.acknowledge().accept(Acknowledgement.success());
    }

    private void silence() {
        Instant now = services.clock().instant();
        if (link.isLate(now) || !conversation.phase().live()) {
            giveUpIfAway();
        } else if (link.isAway()) {
            cancelSilence = services.alarm()
                    .in(link.untilSilence(now), () -> post(new CallMessage.Silence()));
            link.silence(now).filter(quiet -> audio.takesSilence()).ifPresent(this::feed);
        }
    }

    private void giveUpIfAway() {
        if (link.isAway() && link.closeUnlessClaimed()) {
            services.listener().abandoned();
            String reason = "the browser did not come back";
            if (link.isLate(services.clock().instant())) {
                feed(new Input.Disconnected(reason));
            } else {
                handOver(reason);
            }
        }
    }

    private void kept(CallStateWriter.Outcome outcome) {
        stateWriter.written(outcome);
        if (outcome == CallStateWriter.Outcome.TAKEN) {
            goneElsewhere();
        } else if (outcome == CallStateWriter.Outcome.WRITTEN) {
            unconfirmed = false;
        }
    }

    /** Another server has the call. */
    private void goneElsewhere() {
        stateWriter.lose();
        if (unconfirmed) {
            link.connection().disconnect(); // it reconnects, and finds the call where it is
        } else if (!link.isAway()) {
            link.movedAway();
        }
        feed(new Input.Disconnected("went on at another server"));
    }

    /** Ends the call here, and leaves its state to the server where the browser comes back. */
    private void handOver(String reason) {
        stateWriter.handOver();
        feed(new Input.Disconnected(reason));
    }

    private void feed(Input input) {
        feed(input, answer -> {});
    }

    private void feed(Input input, Consumer<Acknowledgement> acknowledge) {
        conversation.feed(input, acknowledge);
        if (services.storeOptions().isPresent()) {
            keep(CallStateWriter.changes(input));
        }
    }

    private void keep(boolean changed) {
        if (!over && changed && services.storeOptions().isPresent()) {
            stateWriter.change(conversation.phase().live() ? link.token() : Optional.empty());
        }
    }

    private void tooLate(CallMessage message) {
        switch (message) {
            case CallMessage.Back back -> back.connection().disconnect();
            case CallMessage.Confirmed confirmed -> confirmed.back().connection().disconnect();
            case CallMessage.Fetched _late -> {}
            case CallMessage.Asked _late -> {}
            case CallMessage.Told _late -> {}
            case CallMessage.Position _late -> {}
            case CallMessage.Limit _late -> {}
            case CallMessage.Gone _late -> {}
            case CallMessage.Silence _late -> {}
            case CallMessage.GiveUp _late -> {}
            case CallMessage.Drain _late -> {}
            case CallMessage.Shutdown _late -> {}
            case CallMessage.Keep _late -> {}
            case CallMessage.Kept _late -> {}
        }
    }

    /** The only place where a call ends, whatever the cause. */
    private void end() {
        over = true;
        cancelSilence.run();
        conversation.close();
        link.over();
        registry.ended(this, link.connection().id());
        held.release().forEach(this::tooLate);
        var unused = stateWriter.end().whenComplete((any, failure) -> ended.complete(null));
    }
}
