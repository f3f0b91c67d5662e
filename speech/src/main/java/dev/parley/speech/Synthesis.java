package dev.parley.speech;

import dev.parley.speech.parts.SpeechException;
import dev.parley.speech.synthesis.Sound;
import dev.parley.speech.synthesis.Speaker;
import dev.parley.voice.audio.Resampler;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the sound of a sentence, at the rate of a stream. Takes milliseconds to tenths of a second, on the calling thread. */
final class Synthesis {

    private static final Logger LOG = LoggerFactory.getLogger(Synthesis.class);
    /** Pause between sentences. It also keeps the last word whole for a recogniser of this speech. */
    private static final int BREATH = Speaking.RATE / 8;

    private Synthesis() {}

    /** Returns the sound; empty if the synthesis failed or is no longer wanted. */
    static Optional<Sound> of(Speaker speaker, String text, double speed, BooleanSupplier unwanted) {
        try {
            return speaker.say(text, speed, unwanted)
                    .map(sound -> new Sound(Speaking.RATE, withBreath(sound)));
        } catch (SpeechException e) {
            LOG.warn("a sentence stays silent: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static short[] withBreath(Sound sound) {
        short[] samples = Resampler.resample(sound.samples(), sound.rate(), Speaking.RATE);
        return Arrays.copyOf(samples, samples.length + BREATH);
    }
}
