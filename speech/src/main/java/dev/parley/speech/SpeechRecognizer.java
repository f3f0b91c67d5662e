package dev.parley.speech;

import dev.parley.speech.onnx.Moonshine;
import dev.parley.voice.audio.Pcm;
import dev.parley.voice.audio.Resampler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Turns recorded speech into text, for the command line and for tests that check spoken words. Thread-safe; a run takes one core for about
 * 0.07 s per second of speech, on the calling thread.
 */
public final class SpeechRecognizer implements AutoCloseable {

    /** Limit of one run. Longer sound is cut at the quietest moment of its last seconds. */
    private static final int LONGEST = 25 * Moonshine.RATE;
    private static final int SEARCH = 6 * Moonshine.RATE;
    private static final int WINDOW = Moonshine.RATE / 5;
    private static final float SILENCE = 0.01f;

    private final Moonshine recogniser;

    private SpeechRecognizer(Moonshine recogniser) {
        this.recogniser = recogniser;
    }

    /**
     * Loads the models from the folder that build/fetch fills.
     *
     * @throws dev.parley.speech.parts.SpeechException if a file is missing or damaged
     */
    public static SpeechRecognizer load(Path models) {
        return new SpeechRecognizer(Engines.recogniser(models));
    }

    /** Returns the words in {@code samples}, 16-bit at {@code rate} Hz. */
    public String transcribe(short[] samples, int rate) {
        return transcribe(Pcm.floats(Resampler.resample(samples, rate, Moonshine.RATE)));
    }

    /** Returns the words in {@code samples}, fractions of full scale at 16 kHz. */
    public String transcribe(float[] samples) {
        List<String> texts = new ArrayList<>();
        int start = 0;
        while (start < samples.length) {
            int end = samples.length - start <= LONGEST ? samples.length
                    : quietest(samples, start + LONGEST - SEARCH, start + LONGEST);
            texts.add(recogniser.transcribe(sounding(samples, start, end), () -> false).orElse(""));
            start = end;
        }
        return String.join(" ", texts).strip();
    }

    /** Returns the part without the silence around it. Such silence can make the recogniser find no speech at all. */
    private static float[] sounding(float[] samples, int start, int end) {
        int from = start;
        while (from < end && Math.abs(samples[from]) < SILENCE) {
            from++;
        }
        int to = end;
        while (to > from && Math.abs(samples[to - 1]) < SILENCE) {
            to--;
        }
        return Arrays.copyOfRange(samples, Math.max(start, from - WINDOW), Math.min(end, to + WINDOW));
    }

    private static int quietest(float[] samples, int from, int to) {
        int best = to;
        double least = Double.MAX_VALUE;
        for (int at = from; at + WINDOW <= to; at += WINDOW / 4) {
            double energy = 0;
            for (int i = at; i < at + WINDOW; i++) {
                energy += samples[i] * samples[i];
            }
            if (energy < least) {
                least = energy;
                best = at + WINDOW / 2;
            }
        }
        return best;
    }

    @Override
    public void close() {
        recogniser.close();
    }

    /** Prints the words in each WAV file (mono): {@code MODELS FILE.wav…}. */
    public static void main(String[] arguments) throws IOException, UnsupportedAudioFileException {
        if (arguments.length < 2) {
            System.err.println("usage: SpeechRecognizer MODELS FILE.wav...");
            System.exit(64);
        }
        try (var recognizer = load(Path.of(arguments[0]))) {
            for (String name : Arrays.asList(arguments).subList(1, arguments.length)) {
                System.out.println(name + "\t" + recognizer.transcribe(new File(name)));
            }
        }
    }

    private String transcribe(File wav) throws IOException, UnsupportedAudioFileException {
        try (var stream = AudioSystem.getAudioInputStream(wav)) {
            float rate = stream.getFormat().getSampleRate();
            var wanted = new AudioFormat(rate, 16, 1, true, false);
            try (var pcm = AudioSystem.getAudioInputStream(wanted, stream)) {
                return transcribe(Pcm.samples(pcm.readAllBytes()), (int) rate);
            }
        }
    }
}
