package dev.parley.speech;

import dev.parley.speech.onnx.VoiceActivity;
import dev.parley.voice.ModelEvent;

/**
 * Estimates tokens, for comparison with models that charge for them. It counts 25 for a second of speech of either side and one for four
 * characters of text.
 */
final class Meter {

    private static final int PER_SECOND = 25;
    private static final int CHARACTERS = 4;

    private final boolean countsText;
    private long inputTokens;
    private long outputTokens;
    private long heardSamples;
    private long spokenSamples;
    private long readCharacters;
    private long writtenCharacters;

    /** Creates a meter that estimates tokens of text. */
    Meter() {
        this(true);
    }

    /**
     * Creates a meter.
     *
     * @param countsText whether it estimates tokens of text; otherwise it counts only those of {@link #tokens}
     */
    Meter(boolean countsText) {
        this.countsText = countsText;
    }

    /** Adds tokens of text that others have counted. */
    void tokens(int input, int output) {
        inputTokens += input;
        outputTokens += output;
    }

    void heardFrame() {
        heardSamples += VoiceActivity.FRAME;
    }

    void read(String text) {
        readCharacters += countsText ? text.length() : 0;
    }

    void wrote(String text) {
        writtenCharacters += countsText ? text.length() : 0;
    }

    void spoke(int samples) {
        spokenSamples += samples;
    }

    ModelEvent.Usage usage() {
        return new ModelEvent.Usage((int) (heardSamples * PER_SECOND / 16_000),
                (int) (inputTokens + Math.ceilDiv(readCharacters, CHARACTERS)),
                (int) (spokenSamples * PER_SECOND / 24_000),
                (int) (outputTokens + Math.ceilDiv(writtenCharacters, CHARACTERS)));
    }
}
