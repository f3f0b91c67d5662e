package dev.parley.speech;

import dev.parley.speech.answer.Speech;
import dev.parley.speech.synthesis.Sentences;
import dev.parley.speech.synthesis.Sound;
import dev.parley.speech.synthesis.Speaker;
import dev.parley.speech.turn.Floor;
import dev.parley.speech.turn.Playback;
import dev.parley.speech.turn.PlayedSound;
import dev.parley.voice.ModelEvent;
import dev.parley.voice.ModelEvent.Stage;
import dev.parley.voice.ModelEvent.StopReason;
import dev.parley.voice.audio.Pcm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Handles the assistant's side of one stream. Synthesises one sentence at a time, at most {@link #LEAD} ahead of playback, and reports the
 * spoken text. Its stream calls it from one thread; synthesis runs on a worker, which responds through the stream's inbox.
 *
 * <p>
 * A held answer is kept. If the listener's player can pause, it is told to pause, and the part that it had not played is synthesised again
 * from the last clause that was begun. Otherwise the player plays the audio that it has and gets no more.
 *
 * <p>
 * While an answer is open, its rest is not known. The end of a sentence's sound, and its final text, are then reported once it is known
 * whether another sentence follows.
 */
final class Speaking implements Speech {

    static final int RATE = 24_000;
    static final int PIECE = RATE / 10;
    static final Duration LEAD = Duration.ofSeconds(20);
    private static final Pattern CHOICE = Pattern
            .compile("(?i)(?:please )?(?:say|choose|pick|tell me) .+ or .+");

    private final Speaker speaker;
    private final Executor workers;
    private final boolean pausable;
    private final Consumer<Message> inbox;
    private final Consumer<ModelEvent> events;
    private final Meter meter;
    private final BlockIds ids;

    private final Playback playback = new Playback();
    private final PlayedSound played = new PlayedSound();
    private final SaidTexts said = new SaidTexts();
    private final ArrayDeque<Sentence> waiting = new ArrayDeque<>();
    private @Nullable Job job;
    private boolean audible;
    private boolean held;
    private boolean paused;
    /** The sentence that was heard when the answer was paused, and its part that was heard, until its rest is heard. */
    private @Nullable Sentence pausedIn;

    private Optional<Playback.Part> pausedAfter = Optional.empty();
    /** Whether the rest of the answer is still to come. */
    private boolean open;
    /** The block of an open answer's sentence whose end is not reported yet, or "". */
    private String unended = "";
    /** That sentence, if it was heard. */
    private Playback.@Nullable Sentence unreported;

    private int jobs;
    private double speed = 1;
    /** The beginning of the answer that is being prepared or heard, or was heard last. */
    private Instant began = Instant.MAX;

    /**
     * A sentence to say.
     *
     * @param block its id, if its text was announced before the answer was paused, else ""
     * @param from  offset in the text at which its sound begins, in characters
     */
    private record Sentence(String text, boolean last, String block, int from) {
        Sentence asLast() {
            return new Sentence(text, true, block, from);
        }
    }

    private record Job(int number, Sentence sentence, double speed, AtomicBoolean unwanted) {}

    Speaking(Speaker speaker, Executor workers, boolean pausable, Consumer<Message> inbox,
            Consumer<ModelEvent> events, Meter meter, BlockIds ids) {
        this.ids = ids;
        this.speaker = speaker;
        this.workers = workers;
        this.pausable = pausable;
        this.inbox = inbox;
        this.events = events;
        this.meter = meter;
    }

    @Override
    public void say(String text, double speed, Instant now) {
        List<String> sentences = Sentences.of(text);
        if (open && sentences.isEmpty()) {
            end(now);
        } else {
            open = false;
            add(sentences, true, speed);
            tick(now);
        }
    }

    @Override
    public void append(String text, double speed, Instant now) {
        add(Sentences.of(text), false, speed);
        open = true;
        tick(now);
    }

    private void add(List<String> sentences, boolean ends, double factor) {
        speed = factor;
        if (!going()) {
            began = Instant.MAX;
        }
        if (!sentences.isEmpty()) {
            reportEnd(false);
        }
        for (int i = 0; i < sentences.size(); i++) {
            waiting.add(new Sentence(sentences.get(i), ends && i == sentences.size() - 1, "", 0));
        }
    }

    @Override
    public void end(Instant now) {
        if (!open) {
            return;
        }
        open = false;
        if (!waiting.isEmpty()) {
            waiting.add(waiting.removeLast().asLast());
        } else if (job != null) {
            job = new Job(job.number(), job.sentence().asLast(), job.speed(), job.unwanted());
        } else if (!unended.isEmpty()) {
            reportEnd(true);
            events.accept(meter.usage());
        }
        tick(now);
    }

    /** Reports the end of the last sentence that was sent, and its text if it was heard: now it is known whether another one follows. */
    private void reportEnd(boolean last) {
        if (unended.isEmpty()) {
            return;
        }
        events.accept(new ModelEvent.AudioEnd(unended, stop(last)));
        if (unreported != null) {
            events.accept(new ModelEvent.AssistantText(unended, Stage.FINAL, unreported.text(), stop(last)));
        } else if (last) {
            playback.lastEnds();
        }
        clearEnd();
    }

    private void clearEnd() {
        unended = "";
        unreported = null;
    }

    @Override
    public boolean going() {
        return open || job != null || !waiting.isEmpty() || playback.playing();
    }

    @Override
    public Floor floor() {
        if (!audible) {
            return Floor.DUE;
        }
        boolean asks = pausedIn != null ? asks(pausedIn.text())
                : playback.current().filter(now -> asks(now.text())).isPresent();
        return asks ? Floor.ASKING : Floor.SPEAKING;
    }

    /** Returns whether "yes" or "no" can answer a sentence. */
    private static boolean asks(String text) {
        return text.endsWith("?") || CHOICE.matcher(text).matches();
    }

    @Override
    public String unsaid() {
        return Stream.concat(Optional.ofNullable(job).map(Job::sentence).stream(), waiting.stream())
                .map(sentence -> sentence.text().substring(sentence.from()))
                .collect(Collectors.joining(" "));
    }

    @Override
    public boolean held() {
        return held;
    }

    @Override
    public boolean began(Instant before) {
        return began.isBefore(before);
    }

    /** Returns whether the assistant was heard between two times. */
    boolean heardBetween(Instant from, Instant to) {
        return played.heardBetween(from, to);
    }

    /** Returns the assistant's sound between two times at {@link PlayedSound#RATE}; empty if there was none. */
    Optional<float[]> played(Instant from, Instant to) {
        return played.heardBetween(from, to) ? Optional.of(played.between(from, to)) : Optional.empty();
    }

    /** Returns the texts that were heard between two times, as one. */
    String said(Instant from, Instant to) {
        return said.between(from, to);
    }

    /** Reports the sentences heard by now, and begins the next one when it is due. */
    @Override
    public void tick(Instant now) {
        for (var sentence : playback.heard(now)) {
            if (sentence.blockId().equals(unended)) {
                unreported = sentence;
            } else {
                events.accept(new ModelEvent.AssistantText(sentence.blockId(), Stage.FINAL, sentence.text(),
                        stop(sentence.last())));
            }
        }
        if (job == null && !held && !waiting.isEmpty() && playback.ahead(now).compareTo(LEAD) <= 0) {
            start(waiting.removeFirst());
        }
        audible = audible && going();
    }

    @Override
    public Optional<Instant> next(Instant now) {
        if (job == null && !held && !waiting.isEmpty()) {
            return Optional.of(now.plus(playback.ahead(now)).minus(LEAD));
        }
        return playback.next();
    }

    /** Holds the answer. Pauses the listener's player if something is heard and the player can pause. */
    @Override
    public void hold(Instant now) {
        tick(now);
        held = true;
        putBack();
        if (pausedIn != null) {
            paused = true; // It was released, but nothing of it has been heard since.
            events.accept(new ModelEvent.Paused());
        } else if (pausable && playback.playing()) {
            paused = true;
            pausedAfter = playback.part(now);
            var rest = playback.stop(now);
            clearEnd(); // its sentence is sent again
            played.stop(now);
            said.stop(now);
            for (var unheard : rest.reversed()) {
                int from = Sentences.isIndivisible(unheard.text()) ? 0 : unheard.from();
                waiting.addFirst(new Sentence(unheard.text(), unheard.last(), unheard.blockId(), from));
            }
            pausedIn = waiting.getFirst();
            events.accept(new ModelEvent.Paused());
        }
    }

    @Override
    public void release(Instant now) {
        if (paused) {
            events.accept(new ModelEvent.Resumed());
        }
        held = false;
        paused = false;
        tick(now);
    }

    private void clearHold() {
        held = false;
        paused = false;
        clearPause();
    }

    /** Forgets where the answer was paused, because it goes on or is dropped. */
    private void clearPause() {
        pausedIn = null;
        pausedAfter = Optional.empty();
    }

    /** Cancels the synthesis that runs; its sentence is the next one again. */
    private void putBack() {
        if (job != null) {
            job.unwanted().set(true);
            waiting.addFirst(job.sentence());
            job = null;
        }
    }

    private void start(Sentence sentence) {
        var started = new Job(++jobs, sentence, speed, new AtomicBoolean());
        job = started;
        String text = sentence.text().substring(sentence.from());
        workers.execute(() -> inbox.accept(new Message.Spoken(started.number(),
                Synthesis.of(speaker, text, started.speed(), started.unwanted()::get))));
    }

    /** Handles a sentence's sound and sends it at once. A sentence whose synthesis failed is sent as text without sound. */
    void spoken(Message.Spoken result, Instant now) {
        if (job == null || job.number() != result.job()) {
            return;
        }
        Sentence sentence = job.sentence();
        job = null;
        clearPause();
        short[] samples = result.sound().map(Sound::samples).orElse(new short[0]);
        String block = sentence.block();
        if (block.isEmpty()) {
            block = ids.spoken(result.job());
            events.accept(new ModelEvent.AssistantText(block, Stage.SPECULATIVE, sentence.text(),
                    StopReason.PARTIAL_TURN));
            meter.wrote(sentence.text());
        }
        for (int at = 0; at < samples.length; at += PIECE) {
            events.accept(new ModelEvent.Audio(block,
                    Pcm.bytes(samples, at, Math.min(PIECE, samples.length - at))));
        }
        boolean restUnknown = open && waiting.isEmpty() && !sentence.last();
        if (!restUnknown) {
            events.accept(new ModelEvent.AudioEnd(block, stop(sentence.last())));
        }
        var length = Duration.ofMillis(samples.length * 1000L / RATE);
        Instant start = playback.sent(
                new Playback.Sentence(block, sentence.text(), sentence.from(), length, sentence.last()), now);
        played.add(samples, RATE, start, now);
        said.add(sentence.text().substring(sentence.from()), start, start.plus(length));
        if (began.equals(Instant.MAX)) {
            began = now;
        }
        audible = true;
        meter.spoke(samples.length);
        if (restUnknown) {
            unended = block;
        }
        if (sentence.last()) {
            events.accept(meter.usage());
        }
        tick(now);
    }

    @Override
    public void interrupt(Instant now) {
        tick(now);
        if (unreported != null) {
            events.accept(new ModelEvent.AssistantText(unended, Stage.FINAL, unreported.text(),
                    StopReason.PARTIAL_TURN));
        }
        clearEnd();
        open = false;
        var part = pausedIn != null ? pausedAfter : playback.part(now);
        playback.stop(now);
        played.stop(now);
        said.stop(now);
        cancel();
        if (audible) {
            events.accept(new ModelEvent.Interrupted());
            part.ifPresent(heard -> events.accept(new ModelEvent.AssistantText(heard.blockId(), Stage.FINAL,
                    heard.text(), StopReason.INTERRUPTED)));
        }
        audible = false;
        began = Instant.MAX;
        clearHold();
    }

    /** Cancels running and waiting work, without any event. */
    void cancel() {
        open = false;
        waiting.clear();
        if (job != null) {
            job.unwanted().set(true);
            job = null;
        }
    }

    private static StopReason stop(boolean last) {
        return last ? StopReason.END_TURN : StopReason.PARTIAL_TURN;
    }
}
