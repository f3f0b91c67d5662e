package dev.parley.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.speech.onnx.VoiceActivity;
import dev.parley.speech.turn.UserTurn;
import dev.parley.voice.audio.Pcm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("real-time")
class VoiceOnsetIT {

    /** Checks that a voice is detected while earlier sound is still kept; otherwise the turn's first word is lost. */
    @ParameterizedTest(name = "after {1} s of silence: {0}")
    @CsvSource({"vm-reenterpassword,10", "vm-reenterpassword,20", "vm-mailboxfull,20", "vm-mailboxfull,60"})
    void aVoiceIsNoticedSoonAlsoAfterLongPerfectSilence(String clip, int seconds) {
        try (var detector = VoiceActivity.load(Clips.MODELS.resolve("speech/silero_vad_v5.onnx"))) {
            var listener = detector.listener();
            firstVoice(listener, Clips.samples("vm-nobox"));
            firstVoice(listener, new short[seconds * 16_000]);
            assertThat(firstVoice(listener, Clips.samples(clip))).isBetween(0, UserTurn.PRE_ROLL_FRAMES);
        }
    }

    /** Returns the frame in which the third voiced frame in a row ends, or -1. */
    private static int firstVoice(VoiceActivity.Listener listener, short[] samples) {
        float[] sound = Pcm.floats(samples);
        float[] frame = new float[VoiceActivity.FRAME];
        int first = -1;
        int run = 0;
        for (int at = 0; at + frame.length <= sound.length; at += frame.length) {
            System.arraycopy(sound, at, frame, 0, frame.length);
            run = listener.probability(frame) > 0.5f ? run + 1 : 0;
            if (run == 3 && first < 0) {
                first = at / frame.length;
            }
        }
        return first;
    }
}
