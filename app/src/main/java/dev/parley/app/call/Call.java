package dev.parley.app.call;

import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Failed;
import dev.parley.voice.ModelStream;
import dev.parley.voice.contract.Acknowledgement;
import dev.parley.voice.contract.BrowserCommand;
import dev.parley.voice.contract.BrowserEvent;
import dev.parley.voice.contract.ResumeRequest;
import dev.parley.voice.conversation.Conversation;
import dev.parley.voice.conversation.Effect;
import dev.parley.voice.conversation.Input;
import dev.parley.voice.conversation.Phase;
import dev.parley.voice.tool.Notepad;
import dev.parley.voice.tool.Timers;
import dev.parley.voice.tool.ToolContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One browser's conversation while its socket is connected, and for a while after that was lost: the owner that feeds the
 * {@link Conversation} and carries out its effects.
 *
 * <p>
 * Whatever happens (an event of the browser, of the model, a tool's answer, an alarm) is a letter in its mailbox, and handled by one virtual
 * thread at a time, which never waits. At most {@value #ROOM} letters wait. Audio is dropped once {@value #AUDIO_ROOM} wait, since late
 * audio is worthless; when anything else finds no room, the call is hung up.
 *
 * <p>
 * While the browser is away the model hears silence, so that what was being said ends, and its answer is kept for the one who comes back.
 */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);
    static final int ROOM = 1_024;
    static final int AUDIO_ROOM = 256;

    private final BrowserLink link;
    private final Calls calls;
    private final CallMailbox<Letter> mailbox;
    private final Timers timers;
    private final ToolRuns tools;
    private final CallWatch watch;
    private final CallRecord record;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Touched by the owner only, like all below. */
    private @Nullable Conversation conversation;

    private final Map<Integer, ModelStream> streams = new HashMap<>();
    private final Map<Integer, Spending.Meter> meters = new HashMap<>();
    private Runnable cancelWake = () -> {};
    private Runnable cancelSilence = () -> {};
    private boolean listening;
    private boolean over;
    private volatile Phase phase = Phase.IDLE;
    private volatile boolean inLine;
    private final LongAdder drops = new LongAdder();

    private sealed interface Letter {

        /** @param acknowledge takes the answer to the browser's callback, if it gave one */
        record Told(Input input, Consumer<Acknowledgement> acknowledge) implements Letter {}

        /** The number in the line for this stream; 0 is that there is room for it. */
        record Place(int stream, int number) implements Letter {}

        /** This stream has used what it may. */
        record Limit(int stream, String message) implements Letter {}

        /** The browser is no longer on this line. */
        record Gone(BrowserConnection line, String reason) implements Letter {}

        /** The browser is there again, on this line. */
        record Back(BrowserConnection line, ResumeRequest resume, Consumer<Acknowledgement> acknowledge) implements Letter {}

        /** Time to say something to the model for a browser that is away. */
        record Silence() implements Letter {}

        /** Nobody is waited for any longer. */
        record GiveUp() implements Letter {}
    }

    Call(BrowserConnection line, Calls calls) {
        this.link = new BrowserLink(this, line, calls.comebacks());
        this.calls = calls;
        this.mailbox = new CallMailbox<>(calls::work, this::handle);
        this.timers = new Timers(calls.clock(), calls.alarms(),
                due -> post(new Input.Notice(due.notice())));
        this.tools = new ToolRuns(calls::tools,
                new ToolContext(calls.clock(), calls.zone(), new Notepad(), timers), calls.alarms(),
                calls.toolTimeout());
        this.watch = new CallWatch(calls.listener(),
                calls.tools().stream().map(tool -> tool.spec().name()).collect(Collectors.toSet()));
        this.record = calls.record(line.id());
    }

    /** An event of the browser. Never waits, so that it may be called on an event loop. */
    void browser(BrowserCommand command, boolean wantsAck, Consumer<Acknowledgement> acknowledge) {
        var letter = new Letter.Told(new Input.FromBrowser(command, wantsAck), acknowledge);
        if (command instanceof BrowserCommand.Audio) {
            if (!mailbox.post(letter, AUDIO_ROOM)) {
                drops.increment();
                calls.listener().audioDropped();
            }
        } else if (!mailbox.post(letter, ROOM)) {
            overflow();
        }
    }

    /** The browser of this line has gone; if it asked for that, it is waited for. */
    void gone(BrowserConnection line, String reason) {
        mailbox.post(new Letter.Gone(line, reason), Integer.MAX_VALUE);
    }

    /** A browser that knows the call's token goes on with it, on another line; false when the call is over. */
    boolean comeBack(BrowserConnection line, ResumeRequest resume, Consumer<Acknowledgement> acknowledge) {
        return link.claim()
                && mailbox.post(new Letter.Back(line, resume, acknowledge), Integer.MAX_VALUE);
    }

    /** Ends the call if its browser is away. */
    void giveUp() {
        mailbox.post(new Letter.GiveUp(), Integer.MAX_VALUE);
    }

    /** Ends the call. */
    void close(String reason) {
        mailbox.post(new Letter.Told(new Input.Disconnected(reason), Call::nobody), Integer.MAX_VALUE);
    }

    /** Whether the assistant thinks or speaks. From any thread. */
    boolean answering() {
        return phase == Phase.THINKING || phase == Phase.SPEAKING;
    }

    /** How it stands, unless it has not begun or is over. From any thread. */
    Optional<CallView> view() {
        var now = phase;
        var begun = watch.since();
        if (begun == null || !now.live()) {
            return Optional.empty();
        }
        String state = link.isAway() ? "away" : inLine ? "in line" : now.name().toLowerCase(Locale.ROOT);
        return Optional.of(new CallView(link.line().id(), state, begun, watch.turns(), watch.bargeIns(),
                drops.sum()));
    }

    /** Completed when nothing of the call is left. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    private void post(Input input) {
        post(new Letter.Told(input, Call::nobody));
    }

    private void post(Letter letter) {
        if (!mailbox.post(letter, ROOM)) {
            overflow();
        }
    }

    private void overflow() {
        LOG.atWarn()
                .addKeyValue("socket", link.line().id())
                .log("a call has too much to do and is hung up");
        link.line().disconnect();
        giveUp();
    }

    private void handle(Letter letter) {
        if (over) {
            if (letter instanceof Letter.Back back) {
                back.line().disconnect();
            }
            return;
        }
        try {
            switch (letter) {
                case Letter.Told told -> feed(told.input(), told.acknowledge());
                case Letter.Place place -> moved(place);
                case Letter.Limit limit -> limited(limit);
                case Letter.Gone gone -> lost(gone);
                case Letter.Back back -> resume(back);
                case Letter.Silence _now -> silence();
                case Letter.GiveUp _now -> giveUpIfAway();
            }
        } catch (RuntimeException bug) {
            LOG.atError()
                    .addKeyValue("socket", link.line().id())
                    .setCause(bug)
                    .log("a call failed and is hung up");
            end();
            link.line().disconnect();
        }
    }

    private void lost(Letter.Gone gone) {
        if (!link.isOn(gone.line())) {
            return;
        }
        if (phase.live() && !calls.isDraining()
                && link.lose(gone.reason(), calls.clock().instant())) {
            silence();
        } else if (link.closeUnlessClaimed()) {
            feed(new Input.Disconnected(gone.reason()), Call::nobody);
        }
    }

    private void resume(Letter.Back back) {
        cancelSilence.run();
        calls.moved(this, link.line().id(), back.line().id());
        link.moveTo(back.line(), back.resume());
        link.settle();
        calls.listener().resumed();
        back.acknowledge().accept(Acknowledgement.success());
    }

    private void silence() {
        if (link.isLate(calls.clock().instant()) || !phase.live()) {
            giveUpIfAway();
        } else if (link.isAway()) {
            cancelSilence = calls.alarms().in(BrowserLink.SILENCE, () -> post(new Letter.Silence()));
            if (listening) {
                feed(link.silence(), Call::nobody);
            }
        }
    }

    private void giveUpIfAway() {
        if (link.isAway() && link.closeUnlessClaimed()) {
            calls.listener().abandoned();
            feed(new Input.Disconnected("the browser did not come back"), Call::nobody);
        }
    }

    private void feed(Input input, Consumer<Acknowledgement> acknowledge) {
        if (conversation == null) {
            conversation = new Conversation(link.line().id(), calls.options());
        }
        attend(input);
        Instant now = calls.clock().instant();
        spend(input);
        forgetEnded(input);
        watch.input(input, now);
        List<Effect> effects = conversation.on(input, now);
        record.happened(input, effects, conversation, now);
        for (Effect effect : effects) {
            carryOut(effect, acknowledge, now);
        }
        phase = over ? Phase.GONE : conversation.phase();
    }

    private void attend(Input input) {
        if (input instanceof Input.FromBrowser(BrowserCommand command, var _wantsAck)) {
            listening |= command instanceof BrowserCommand.AudioStart;
            if (command instanceof BrowserCommand.Initialize asked && asked.resume() != null) {
                link.offer(asked.resume());
            }
            if (command instanceof BrowserCommand.Text(String content)) {
                link.typed(content);
            }
        }
    }

    private void carryOut(Effect effect, Consumer<Acknowledgement> acknowledge, Instant now) {
        watch.effect(effect, now);
        switch (effect) {
            case Effect.OpenModel open -> open(open);
            case Effect.ToModel(int stream, ModelCommand command) -> send(stream, command);
            case Effect.ToBrowser(BrowserEvent event) -> link.emit(event);
            case Effect.Acknowledge(Acknowledgement answer) -> acknowledge.accept(answer);
            case Effect.RunTool call -> tools.start(call, json -> post(new Input.ToolFinished(call, json)));
            case Effect.Wake(Instant at) -> {
                cancelWake.run();
                cancelWake = calls.alarms().in(Duration.between(now, at), () -> post(new Input.Tick()));
            }
            case Effect.Ended over -> end();
        }
    }

    private void open(Effect.OpenModel open) {
        int number = open.stream();
        var spent = calls.spending().dayOver();
        if (spent.isPresent()) {
            post(new Input.FromModel(number, new Failed(Failed.Kind.FATAL, spent.get())));
            return;
        }
        var place = new QueuedStream(open, position -> post(new Letter.Place(number, position)));
        switch (calls.admission().enter(place)) {
            case ADMITTED -> openNow(open);
            case WAITING -> {
                streams.put(number, place);
                inLine = true;
                calls.comebacks().giveWay();
            }
            case FULL -> post(new Input.FromModel(number,
                    new Failed(Failed.Kind.BUSY, "Too many people are talking at the moment.")));
        }
    }

    /** The line has moved on. Whoever has left it meanwhile has given back what was given. */
    private void moved(Letter.Place place) {
        if (!(streams.get(place.stream()) instanceof QueuedStream waiting)) {
            return;
        }
        link.emit(new BrowserEvent.QueuePosition(place.number()));
        if (place.number() == 0) {
            streams.remove(place.stream());
            inLine = false;
            openNow(waiting.wanted());
            var opened = streams.get(place.stream());
            if (opened != null) {
                waiting.passOn(opened);
            }
        }
    }

    private void openNow(Effect.OpenModel open) {
        int number = open.stream();
        Consumer<ModelEvent> events = event -> post(new Input.FromModel(number, event));
        try {
            streams.put(number, calls.model().open(open.settings(), events));
        } catch (RuntimeException failed) {
            calls.admission().giveBack();
            LOG.atError()
                    .addKeyValue("socket", link.line().id())
                    .setCause(failed)
                    .log("the speech model could not be opened");
            events.accept(new Failed(Failed.Kind.FATAL, "The speech model could not be started."));
        }
    }

    private void send(int number, ModelCommand command) {
        ModelStream stream = streams.get(number);
        if (stream != null) {
            stream.send(command);
            if (command instanceof ModelCommand.Close) {
                forget(number);
                if (stream instanceof QueuedStream) {
                    post(new Input.FromModel(number, new ModelEvent.Ended()));
                }
            }
        }
    }

    /** The browser is told what was used before it is told that this was too much. */
    private void spend(Input input) {
        if (input instanceof Input.FromModel(int number, ModelEvent.Usage used)
                && streams.containsKey(number)) {
            meters.computeIfAbsent(number, any -> calls.spending().meter())
                    .read(used)
                    .ifPresent(limit -> post(new Letter.Limit(number, limit)));
        }
    }

    private void limited(Letter.Limit limit) {
        if (streams.containsKey(limit.stream())) {
            send(limit.stream(), new ModelCommand.Close());
            var over = calls.spending().dayOver().isPresent() ? Failed.Kind.FATAL
                    : Failed.Kind.RECOVERABLE;
            feed(new Input.FromModel(limit.stream(), new Failed(over, limit.message())), Call::nobody);
        }
    }

    private void forgetEnded(Input input) {
        if (input instanceof Input.FromModel(int number, ModelEvent event)
                && (event instanceof ModelEvent.Ended || event instanceof Failed)) {
            forget(number);
        }
    }

    private void forget(int number) {
        ModelStream gone = streams.remove(number);
        if (gone == null) {
            return;
        }
        tools.cancel(number);
        if (meters.remove(number) != null) {
            calls.spending().save();
        }
        if (gone instanceof QueuedStream waiting) {
            inLine = false;
            calls.admission().leave(waiting);
        } else {
            calls.admission().giveBack();
        }
    }

    /** The only place where a call ends, whatever the cause. */
    private void end() {
        over = true;
        phase = Phase.GONE;
        link.closeUnlessClaimed();
        cancelWake.run();
        cancelSilence.run();
        timers.close();
        tools.close();
        for (int number : List.copyOf(streams.keySet())) {
            send(number, new ModelCommand.Close());
        }
        calls.comebacks().over(this, link.token());
        calls.ended(this, link.line().id());
        ended.complete(null);
    }

    private static void nobody(Acknowledgement answer) {}
}
