package dev.parley.speech;

import dev.parley.speech.answer.Answers;
import dev.parley.speech.answer.AnswersContext;
import dev.parley.speech.turn.Floor;
import dev.parley.voice.ModelCommand;
import dev.parley.voice.ModelEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Combines listening, answering and speaking in a stream that has begun. Used by one thread. */
final class Talk implements Listening.Hearer {

    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** Number of turns with the assistant's own voice after which the user is no longer heard while the assistant speaks. */
    private static final int ECHOES = 2;

    private final InstantSource clock;
    private final Consumer<ModelEvent> events;
    private final Meter meter;
    private final Listening listening;
    private final Answers answering;
    private final Speaking speaking;
    private final BlockIds ids = new BlockIds();
    private int heard;
    /** Whether the turn that began last can be the rest of the one before. */
    private boolean continuing;
    private final boolean pausable;
    private final boolean portable;
    private String snapshot = "";
    private int echoes;

    Talk(EmbeddedStream.Setting setting, Engines engines, Consumer<Message> inbox) {
        clock = setting.clock();
        events = setting.events();
        pausable = setting.pausable();
        portable = setting.portable();
        meter = new Meter(!setting.answers().countsTokens());
        speaking = new Speaking(setting.speaker(), setting.workers().voices(), setting.pausable(), inbox,
                this::said, meter, ids);
        answering = setting.answers()
                .create(new AnswersContext(setting.tools(), setting.inference(), setting.toolWait(),
                        setting.continues(), speaking, events, task -> inbox.accept(new Message.Work(task)),
                        (input, output) -> {
                            meter.tokens(input, output);
                            events.accept(meter.usage());
                        }));
        listening = new Listening(engines, setting, inbox, this, meter);
    }

    private void said(ModelEvent event) {
        events.accept(event);
        if (event instanceof ModelEvent.AssistantText text && text.stage() == ModelEvent.Stage.FINAL) {
            answering.said(text.text());
        }
    }

    @Override
    public Floor floor() {
        return answering.floor();
    }

    @Override
    public Optional<float[]> played(Instant from, Instant to) {
        return speaking.played(from, to);
    }

    @Override
    public boolean assistantHeard(Instant from, Instant to) {
        return speaking.heardBetween(from, to);
    }

    @Override
    public String said(Instant from, Instant to) {
        return speaking.said(from, to);
    }

    /** Notifies a player that can pause, which then stops listening by itself; for other players this stream stops listening. */
    @Override
    public void echoed() {
        if (++echoes % ECHOES == 0) {
            if (pausable) {
                events.accept(new ModelEvent.SelfHeard());
            } else {
                listening.listenInTurns();
            }
        }
    }

    @Override
    public boolean meaningless(String text) {
        return !continuing && answering.meaningless(text);
    }

    @Override
    public void begun(Instant at) {
        answering.began(clock.instant());
        continuing = answering.joins(at);
    }

    @Override
    public void hold() {
        answering.hold(clock.instant());
    }

    @Override
    public void release() {
        answering.release(clock.instant());
    }

    @Override
    public void bargeIn() {
        answering.interrupt(clock.instant());
    }

    @Override
    public void expected(String text) {
        if (!continuing || answering.joined(text).isEmpty()) {
            answering.expected(text, clock.instant());
        }
    }

    @Override
    public void wentOn() {
        answering.wentOn(clock.instant());
    }

    @Override
    public void heard(String text) {
        Instant now = clock.instant();
        meter.read(text);
        String whole = text;
        Optional<String> joined = continuing ? answering.joined(text) : Optional.empty();
        if (joined.isPresent()) {
            whole = joined.get();
            answering.retract(now);
            listening.continued();
            events.accept(new ModelEvent.Superseded());
        }
        events.accept(new ModelEvent.UserText(ids.heard(++heard), whole));
        events.accept(meter.usage());
        answering.heard(whole, now);
    }

    /** Handles a message and returns the stream's last event if the message ends the stream. */
    Optional<ModelEvent> handle(Message message) {
        switch (message) {
            case Message.Stop stop -> {
                return Optional.of(new ModelEvent.Ended());
            }
            case Message.Broken broken -> {
                return Optional.of(new ModelEvent.Failed(broken.kind(), broken.why()));
            }
            case Message.Command(ModelCommand.Close close) -> {
                events.accept(meter.usage());
                return Optional.of(new ModelEvent.Ended());
            }
            case Message.Command command -> obey(command.command());
            case Message.Decoded decoded -> listening.decoded(decoded);
            case Message.Spoken spoken -> speaking.spoken(spoken, clock.instant());
            case Message.Work work -> work.task().accept(clock.instant());
            case Message.SoundLost lost -> events.accept(new ModelEvent.QuestionLost());
            case Message.Loaded loaded -> throw new IllegalStateException("loaded twice");
        }
        if (portable && !(message instanceof Message.Command(ModelCommand.Audio audio))) {
            tellSnapshot();
        }
        return Optional.empty();
    }

    private void tellSnapshot() {
        String now = answering.snapshot();
        if (!now.equals(snapshot)) {
            snapshot = now;
            events.accept(new ModelEvent.Snapshot(now));
        }
    }

    private void obey(ModelCommand command) {
        Instant now = clock.instant();
        switch (command) {
            case ModelCommand.SystemPrompt prompt -> {
                meter.read(prompt.text());
                answering.systemPrompt(prompt.text(), now);
            }
            case ModelCommand.Audio audio -> listening.sound(audio.pcm(), now);
            case ModelCommand.Text text -> {
                meter.read(text.content());
                continuing = false;
                answering.typed(text.content(), now);
                listening.answerReplaced();
            }
            case ModelCommand.ToolResult result ->
                answering.toolResult(result.toolUseId(), result.json(), now);
            case ModelCommand.Notice notice -> answering.notice(notice.text());
            case ModelCommand.Close close -> throw new IllegalStateException("closed twice");
        }
    }

    /** Performs the work that is due. */
    void tick() {
        Instant now = clock.instant();
        listening.tick(now);
        answering.tick(listening.talking(), now);
    }

    /** Returns how long to wait before the next {@link #tick}. */
    Duration untilNext() {
        Instant now = clock.instant();
        Instant next = Stream.of(listening.next(), answering.next(now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(now.plus(LONGEST_SLEEP));
        Duration wait = Duration.between(now, next);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    /** Cancels running work on other threads. */
    void cancel() {
        listening.cancel();
        answering.close();
        speaking.cancel();
    }
}
