package dev.parley.speech.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.parley.speech.parts.SpeechException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Converts English speech to text with the model Moonshine base, loaded once. Thread-safe: each run takes one core for about 0.07 s per
 * second of speech, so its callers limit how many run at a time.
 */
public final class Moonshine implements AutoCloseable {

    /** Sample rate of its input, in Hz. */
    public static final int RATE = 16_000;
    /** Maximum input of one run. More costs accuracy and memory. */
    public static final int MAX_SAMPLES = 30 * RATE;

    /** Minimum input. Shorter sound cannot pass the encoder's convolutions, nor hold a word. */
    private static final int MIN_SAMPLES = RATE / 10;

    /** Length from which a run returns its memory to the system. A run's memory grows with the square of the sound's length. */
    private static final int LARGE_SAMPLES = 10 * RATE;

    private final OrtSession encoder;
    private final OrtSession decoder;
    private final Vocabulary vocabulary;

    private Moonshine(OrtSession encoder, OrtSession decoder, Vocabulary vocabulary) {
        this.encoder = encoder;
        this.decoder = decoder;
        this.vocabulary = vocabulary;
    }

    public static Moonshine load(Path encoder, Path decoder, Path vocabulary) {
        return new Moonshine(Sessions.open(encoder), Sessions.open(decoder), Vocabulary.load(vocabulary));
    }

    /**
     * Returns the words in {@code samples} (fractions of full scale at 16 kHz), or "" if there are none. Returns empty once
     * {@code unwanted} returns true, which is called between tokens.
     *
     * @throws IllegalArgumentException if there are more than {@value #MAX_SAMPLES} samples
     */
    public Optional<String> transcribe(float[] samples, BooleanSupplier unwanted) {
        if (samples.length > MAX_SAMPLES) {
            throw new IllegalArgumentException(samples.length + " samples are too many for one run");
        }
        if (samples.length < MIN_SAMPLES) {
            return Optional.of("");
        }
        if (unwanted.getAsBoolean()) {
            return Optional.empty();
        }
        try (var sound = OnnxTensor.createTensor(Sessions.environment(), FloatBuffer.wrap(samples),
                new long[]{1, samples.length});
                var heard = encode(sound, samples.length);
                var decoding = new Decoding(decoder, (OnnxTensor) heard.get(0))) {
            return decoding.tokens(samples.length / (double) RATE, unwanted).map(vocabulary::text);
        } catch (OrtException e) {
            throw new SpeechException("Recognition failed: " + e.getMessage(), e);
        }
    }

    private OrtSession.Result encode(OnnxTensor sound, int length) throws OrtException {
        if (length < LARGE_SAMPLES) {
            return encoder.run(Map.of("input_values", sound));
        }
        try (var options = Sessions.large()) {
            return encoder.run(Map.of("input_values", sound), options);
        }
    }

    /** Frees the model. No run may be in progress. */
    @Override
    public void close() {
        Sessions.close(encoder);
        Sessions.close(decoder);
    }
}
