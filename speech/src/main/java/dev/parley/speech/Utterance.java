package dev.parley.speech;

import dev.parley.speech.onnx.Moonshine;
import dev.parley.speech.onnx.VoiceActivity;
import dev.parley.speech.turn.UserTurn;
import java.util.Arrays;

/** Holds the sound of the user's turn, at most 30 s, and of the moment before one begins. Not thread-safe. */
final class Utterance {

    private static final int FRAME = VoiceActivity.FRAME;
    private static final int BEFORE = UserTurn.PRE_ROLL_FRAMES * FRAME;

    private float[] samples = new float[4 * BEFORE];
    private int length;
    private boolean talking;

    /** Adds the next frame. It is kept while the user talks, otherwise only for as long as a turn may reach back. */
    void add(float[] frame) {
        if (!talking && length == BEFORE) {
            System.arraycopy(samples, FRAME, samples, 0, BEFORE - FRAME);
            length -= FRAME;
        }
        if (length + FRAME > Moonshine.MAX_SAMPLES) {
            return;
        }
        if (length + FRAME > samples.length) {
            samples = Arrays.copyOf(samples, 2 * samples.length);
        }
        System.arraycopy(frame, 0, samples, length, FRAME);
        length += FRAME;
    }

    void begin() {
        talking = true;
    }

    void cut() {
        length = 0;
    }

    /** Ends the turn and frees its memory. */
    void end() {
        talking = false;
        length = 0;
        samples = new float[4 * BEFORE];
    }

    float[] soFar() {
        return Arrays.copyOf(samples, length);
    }
}
