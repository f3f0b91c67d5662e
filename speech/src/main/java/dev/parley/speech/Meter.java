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

    private long heardSamples;
    private long spokenSamples;
    private long readCharacters;
    private long writtenCharacters;

    void heardFrame() {
        heardSamples += VoiceActivity.FRAME;
    }

    void read(String text) {
        readCharacters += text.length();
    }

    void wrote(String text) {
        writtenCharacters += text.length();
    }

    void spoke(int samples) {
        spokenSamples += samples;
    }

    ModelEvent.Usage usage() {
        return new ModelEvent.Usage((int) (heardSamples * PER_SECOND / 16_000),
                (int) Math.ceilDiv(readCharacters, CHARACTERS), (int) (spokenSamples * PER_SECOND / 24_000),
                (int) Math.ceilDiv(writtenCharacters, CHARACTERS));
    }
}
