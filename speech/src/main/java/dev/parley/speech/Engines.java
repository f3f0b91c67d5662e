package dev.parley.speech;

import dev.parley.speech.onnx.Moonshine;
import dev.parley.speech.onnx.VoiceActivity;
import dev.parley.speech.parts.Parts;
import java.nio.file.Path;

/** The loaded neural models. Thread-safe. */
record Engines(VoiceActivity ears, Moonshine recogniser) implements AutoCloseable {

    /** Checks and loads the files, which takes seconds. Throws SpeechException. */
    static Engines load(Path folder) {
        var ears = VoiceActivity.load(new Parts(folder).whole("speech/silero_vad_v5.onnx"));
        try {
            return new Engines(ears, recogniser(folder));
        } catch (RuntimeException e) {
            ears.close();
            throw e;
        }
    }

    static Moonshine recogniser(Path folder) {
        var parts = new Parts(folder);
        return Moonshine.load(parts.whole("speech/moonshine-encoder.onnx"),
                parts.whole("speech/moonshine-decoder.onnx"), parts.whole("speech/moonshine.min.js"));
    }

    /** Runs each model once, because its first run costs more than later ones. */
    void warmUp() {
        ears.listener().probability(new float[VoiceActivity.FRAME]);
        var unused = recogniser.transcribe(new float[Moonshine.RATE], () -> false);
    }

    @Override
    public void close() {
        ears.close();
        recogniser.close();
    }
}
