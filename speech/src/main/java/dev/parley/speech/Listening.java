package dev.parley.speech;

import dev.parley.speech.onnx.Moonshine;
import dev.parley.speech.onnx.VoiceActivity;
import dev.parley.speech.parts.SpeechException;
import dev.parley.speech.turn.Echo;
import dev.parley.speech.turn.Floor;
import dev.parley.speech.turn.InputGain;
import dev.parley.speech.turn.RecordingTime;
import dev.parley.speech.turn.UserTurn;
import dev.parley.speech.turn.UserTurn.Effect;
import dev.parley.voice.ModelEvent.Failed.Kind;
import dev.parley.voice.audio.Pcm;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Handles the user's side of one stream. Cuts the sound into frames, feeds the turn machine and performs its effects for recognition. Its
 * stream calls it from one thread; recognition runs on a worker, which responds through the stream's inbox.
 */
final class Listening {

    /** Receives the results for the stream. */
    interface Hearer {
        Floor floor();

        /** Called when a turn begins, with the time at which its first sound was recorded. */
        void begun(Instant at);

        /** Returns the assistant's sound between two times; empty if there was none. */
        Optional<float[]> played(Instant from, Instant to);

        /** Returns whether the assistant was heard between two times. */
        boolean assistantHeard(Instant from, Instant to);

        /** Returns the texts that were heard between two times. */
        String said(Instant from, Instant to);

        /** Called when the assistant's own voice was recognised. */
        void echoed();

        /** Returns whether words that are heard over an answer say nothing. */
        boolean meaningless(String text);

        void hold();

        void release();

        void bargeIn();

        /** Called when the turn probably ends with these words. */
        void expected(String text);

        /** Called when the turn goes on, or ends without an answer. */
        void wentOn();

        void heard(String text);
    }

    /** Longest time from playing a sound to hearing it: 500 ms in the room, and as much in the network and the player. */
    static final Duration ECHO_DELAY = Duration.ofSeconds(1);
    /** Time without sound that counts as silence: a browser that is muted sends nothing. */
    static final Duration PATIENCE = Duration.ofMillis(300);
    /** The same for a front end that sends later what the network delays, up to 15 s. */
    static final Duration REPLAY_PATIENCE = Duration.ofSeconds(20);

    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / Moonshine.RATE;

    private final VoiceActivity.Listener ears;
    private final Moonshine recogniser;
    private final Executor workers;
    private final Consumer<Message> inbox;
    private final Hearer hearer;
    private final Meter meter;

    private final UserTurn turn;
    private final Duration patience;
    private final RecordingTime recorded;
    private final InputGain gain = new InputGain();
    private final Utterance utterance = new Utterance();
    private final Map<Integer, AtomicBoolean> unwanted = new HashMap<>();
    private final float[] frame = new float[VoiceActivity.FRAME];
    private int filled;
    private Instant silentSince = Instant.MIN;
    /** The beginning of the turn, and whether the assistant's own voice was recognised in it. */
    private Instant begun = Instant.MIN;

    private boolean echoed;
    private boolean inTurns;
    private Instant silenceDue = Instant.MIN;

    Listening(Engines engines, EmbeddedStream.Setting setting, Consumer<Message> inbox, Hearer hearer,
            Meter meter) {
        ears = engines.ears().listener();
        recogniser = engines.recogniser();
        workers = setting.workers().decodes();
        recorded = new RecordingTime(setting.replay());
        patience = setting.replay() ? REPLAY_PATIENCE : PATIENCE;
        this.inbox = inbox;
        this.hearer = hearer;
        this.meter = meter;
        turn = new UserTurn(setting.pauses());
    }

    /** Returns whether the user is in the middle of a turn. */
    boolean talking() {
        return turn.talking();
    }

    /** Stops listening while the assistant is heard. */
    void listenInTurns() {
        inTurns = true;
    }

    /** Handles the user's next sound, of any length. */
    void sound(byte[] pcm, Instant now) {
        float[] samples = Pcm.floats(Pcm.samples(pcm));
        Instant end = recorded.of(now, Duration.ofNanos(samples.length * NANOS_PER_SAMPLE));
        boolean playing = hearer.assistantHeard(end.minus(ECHO_DELAY), end);
        for (int i = 0; i < samples.length; i++) {
            frame[filled++] = samples[i];
            if (filled == frame.length) {
                filled = 0;
                silentSince = end.minusNanos((samples.length - 1 - i) * NANOS_PER_SAMPLE);
                if (playing && inTurns) {
                    Arrays.fill(frame, 0);
                }
                utterance.add(frame);
                gain.apply(frame, playing);
                step(ears.probability(frame));
            }
        }
        silentSince = end;
        silenceDue = now.plus(patience);
    }

    /** Counts time without sound as silence. */
    void tick(Instant now) {
        while (turn.needsFrames() && !now.isBefore(silenceDue)) {
            silentSince = silentSince.plus(UserTurn.FRAME);
            step(0);
            if (silentSince.plus(UserTurn.FRAME).isAfter(now)) {
                silenceDue = silentSince.plus(UserTurn.FRAME);
            }
        }
    }

    /** Returns when {@link #tick} is due. */
    Optional<Instant> next() {
        return turn.needsFrames() ? Optional.of(silenceDue) : Optional.empty();
    }

    void decoded(Message.Decoded result) {
        unwanted.remove(result.attempt());
        String text = isEcho(result) || hearer.meaningless(result.text()) ? "" : result.text();
        apply(turn.decoded(result.attempt(), text, hearer.floor()));
        turn.probableEnd().ifPresent(hearer::expected);
    }

    private boolean isEcho(Message.Decoded result) {
        if (!Echo.isEcho(result.follows(), result.text(),
                hearer.said(begun.minus(ECHO_DELAY), silentSince))) {
            return false;
        }
        if (!echoed) {
            echoed = true;
            hearer.echoed();
        }
        return true;
    }

    /** Records that the answer was replaced by one to a typed text. */
    void answerReplaced() {
        turn.answerReplaced();
    }

    /** Records that the turn that began last continued the turn before. */
    void continued() {
        turn.continued();
    }

    /** Cancels running recognitions. */
    void cancel() {
        unwanted.values().forEach(flag -> flag.set(true));
    }

    private void step(double voice) {
        if (turn.talking()) {
            meter.heardFrame();
        }
        apply(turn.frame(voice, hearer.floor()));
    }

    private void apply(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Begin begin -> {
                    utterance.begin();
                    begun = silentSince;
                    echoed = false;
                    hearer.begun(begun);
                }
                case Effect.Decode decode -> recognise(decode.attempt(), InputGain.whole(utterance.soFar()));
                case Effect.Cancel cancel -> {
                    Optional.ofNullable(unwanted.remove(cancel.attempt())).ifPresent(flag -> flag.set(true));
                    hearer.wentOn();
                }
                case Effect.Cut cut -> utterance.cut();
                case Effect.Hold hold -> hearer.hold();
                case Effect.Release release -> hearer.release();
                case Effect.BargeIn bargeIn -> hearer.bargeIn();
                case Effect.Dismissed dismissed -> {
                    utterance.end();
                    hearer.wentOn();
                }
                case Effect.Heard heard -> {
                    utterance.end();
                    hearer.heard(heard.text());
                }
            }
        }
    }

    private void recognise(int attempt, float[] samples) {
        var cancelled = new AtomicBoolean();
        unwanted.put(attempt, cancelled);
        var length = Duration.ofMillis(samples.length * 1_000L / Moonshine.RATE);
        Optional<float[]> played = hearer.played(silentSince.minus(length).minus(ECHO_DELAY), silentSince);
        workers.execute(() -> {
            try {
                recogniser.transcribe(samples, cancelled::get)
                        .ifPresent(text -> inbox.accept(new Message.Decoded(attempt, text,
                                played.map(sound -> Echo.correlation(samples, sound)).orElse(0.0))));
            } catch (SpeechException e) {
                inbox.accept(new Message.Broken(Kind.RECOVERABLE, "Recognition failed."));
            }
        });
    }
}
