package dev.parley.speech.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.speech.parts.SpeechException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Silero's voice detector, loaded once. Thread-safe; each conversation has its own {@link Listener}, whose state is 2 KB. */
public final class VoiceActivity implements AutoCloseable {

    /** Samples in a frame: 32 ms at 16 kHz. */
    public static final int FRAME = 512;

    private static final int CONTEXT = 64;
    private static final int STATE = 2 * 128;

    /**
     * Frames of quiet after which a listener resets itself: two seconds. The detector's memory drifts in long silence, most of all in the
     * perfect silence of a muted microphone: after twenty seconds of it a voice was noticed up to 0.8 s late, and its first word was lost.
     */
    private static final int FORGET_FRAMES = 62;
    private static final float QUIET = 0.35f;

    private final OrtEnvironment environment = Sessions.environment();
    private final OrtSession session;

    private VoiceActivity(OrtSession session) {
        this.session = session;
    }

    public static VoiceActivity load(Path file) {
        return new VoiceActivity(Sessions.open(file));
    }

    /** Starts listening to one stream of sound. */
    public Listener listener() {
        return new Listener();
    }

    /** Frees the model. No listener may be in use any more. */
    @Override
    public void close() {
        Sessions.close(session);
    }

    /** Listens to one stream of sound, frame by frame. Not thread-safe. A frame takes about 0.2 ms. */
    public final class Listener {

        private final float[] input = new float[CONTEXT + FRAME];
        private final float[] state = new float[STATE];
        private int quiet;

        private Listener() {}

        /** Returns the probability, from 0 to 1, that the next {@value #FRAME} samples hold a voice. */
        public float probability(float[] frame) {
            System.arraycopy(input, FRAME, input, 0, CONTEXT);
            System.arraycopy(frame, 0, input, CONTEXT, FRAME);
            try (var sound = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input),
                    new long[]{1, input.length});
                    var before = OnnxTensor.createTensor(environment, FloatBuffer.wrap(state),
                            new long[]{2, 1, 128});
                    var rate = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[]{16_000}),
                            new long[]{});
                    var result = session.run(Map.of("input", sound, "state", before, "sr", rate))) {
                ((OnnxTensor) result.get(1)).getFloatBuffer().get(state);
                float voice = ((OnnxTensor) result.get(0)).getFloatBuffer().get(0);
                forgetAfterQuiet(voice);
                return voice;
            } catch (OrtException e) {
                throw new SpeechException("Voice detection failed: " + e.getMessage(), e);
            }
        }

        private void forgetAfterQuiet(float voice) {
            quiet = voice < QUIET ? quiet + 1 : 0;
            if (quiet == FORGET_FRAMES) {
                Arrays.fill(state, 0);
                quiet = 0;
            }
        }
    }
}
