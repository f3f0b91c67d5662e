package dev.parley.speech.synthesis;

import dev.parley.speech.parts.SpeechException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A voice of an installed libflite (Debian's package libflite1), called through java.lang.foreign. Flite keeps its working data in the
 * voice, so one sentence is spoken at a time in the whole process, at about 0.015 s per second of speech.
 */
@SuppressWarnings("restricted")
final class NativeFlite implements Speaker {

    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock(true);
    private static final long MAX_WAIT_SECONDS = 10;
    /** Layout of struct cst_wave: const char *type; int sample_rate; int num_samples; int num_channels; short *samples. */
    private static final int WAVE_SIZE = 32;
    private static final int RATE_AT = 8;
    private static final int COUNT_AT = 12;
    private static final int SAMPLES_AT = 24;
    /** Layout of struct cst_voice: const char *name; cst_features *features; … */
    private static final int FEATURES_AT = 8;
    /** Length of sounds, as a factor. Flite keeps the pointer, so the text is never freed. */
    private static final MemorySegment STRETCH = Arena.global().allocateFrom("duration_stretch");

    private final String name;
    private final MemorySegment voice;
    private final MemorySegment features;
    private final MethodHandle setNumber;
    private final MethodHandle textToWave;
    private final MethodHandle deleteWave;

    private NativeFlite(String name, FliteLibrary library) {
        this.name = name;
        voice = library.registerVoice(name);
        features = voice.reinterpret(FEATURES_AT + ValueLayout.ADDRESS.byteSize())
                .get(ValueLayout.ADDRESS, FEATURES_AT);
        setNumber = library.function("feat_set_float",
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_FLOAT));
        textToWave = library.function("flite_text_to_wave",
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        deleteWave = library.function("delete_wave", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    /** Returns the voice of that name, if the library and the voice are installed and can be called. */
    static Optional<Speaker> find(String name) {
        try {
            return FliteLibrary.open(name).map(library -> new NativeFlite(name, library));
        } catch (RuntimeException | LinkageError e) {
            System.getLogger(NativeFlite.class.getName()).log(System.Logger.Level.WARNING,
                    "the installed flite cannot be used: " + e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public String id() {
        return name;
    }

    @Override
    public String label() {
        return name.equals("slt") ? "Susan (female)" : "Richard (male)";
    }

    @Override
    public Optional<Sound> say(String sentence, double speed, BooleanSupplier unwanted) {
        try {
            if (!ONE_AT_A_TIME.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new SpeechException("The voice is busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            return unwanted.getAsBoolean() ? Optional.empty() : Optional.of(speak(Pronounceable.of(sentence), speed));
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private Sound speak(String text, double speed) {
        try (Arena arena = Arena.ofConfined()) {
            setNumber.invokeExact(features, STRETCH, (float) (1 / speed));
            var wave = (MemorySegment) textToWave.invokeExact(arena.allocateFrom(text), voice);
            if (wave.equals(MemorySegment.NULL)) {
                throw new SpeechException("The voice " + name + " gave no sound.");
            }
            MemorySegment fields = wave.reinterpret(WAVE_SIZE);
            int count = fields.get(ValueLayout.JAVA_INT, COUNT_AT);
            short[] samples = fields.get(ValueLayout.ADDRESS, SAMPLES_AT).reinterpret(2L * count).toArray(ValueLayout.JAVA_SHORT);
            int rate = fields.get(ValueLayout.JAVA_INT, RATE_AT);
            deleteWave.invokeExact(wave);
            return new Sound(rate, samples);
        } catch (SpeechException e) {
            throw e;
        } catch (Throwable e) {
            throw new SpeechException("The voice " + name + " failed: " + e.getClass().getSimpleName() + ".", e);
        }
    }

    /** Does nothing. The library stays loaded: the system may share it with another user in this process. */
    @Override
    public void close() {}
}
