package dev.parley.speech.synthesis;

import dev.parley.speech.synthesis.wasm.FliteModule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmModule;

/**
 * One instance of flite with the voice kal16, as bytecode compiled from WebAssembly. Not thread-safe; it holds 29 MB, and after an
 * exception it may not be used again.
 *
 * <p>
 * The module exports only {@code _start}, so its functions are called by the numbers that its name section gives them. They hold for the
 * one file whose digest the build checks.
 */
final class Flite {

    private static final int CALL_CONSTRUCTORS = 13;
    private static final int REGISTER_KAL16 = 27;
    private static final int STREAMING_INFO_VALUE = 104;
    private static final int NEW_STREAMING_INFO = 105;
    private static final int STREAM_CHUNK = 106;
    private static final int SET_FEATURE = 182;
    private static final int SET_NUMBER_FEATURE = 183;
    private static final int INIT = 430;
    private static final int TEXT_TO_SPEECH = 439;
    private static final int ALLOCATE = 519;
    private static final int FREE = 521;

    /** Memory size, enough for the voice and a sentence. It is fixed, because a growing memory makes the compiled code slow again. */
    private static final int MEMORY_PAGES = 384;
    private static final int CONTINUE = 0;
    private static final int STOP = 1;
    private static final int MAX_SECONDS = 60;

    private final Machine machine;
    private final Memory memory;
    private final int voice;
    private final int nowhere;
    /** Name of the feature with the length of sounds, as a factor. */
    private final int stretch;
    private @Nullable Take take;

    Flite() {
        WasmModule module = FliteModule.load();
        var instance = Instance.builder(module)
                .withImportValues(NoSystem.imports(module))
                .withMemoryFactory(limits -> new FixedMemory(limits, MEMORY_PAGES))
                .withMachineFactory(FliteModule::create)
                .withStart(false)
                .build();
        machine = instance.getMachine();
        memory = instance.memory();
        call(CALL_CONSTRUCTORS);
        call(INIT);
        int info = call(NEW_STREAMING_INFO);
        memory.writeI32(info + 4, ChunkCallback.install(instance, STREAM_CHUNK, this::chunk));
        voice = call(REGISTER_KAL16, 0);
        call(SET_FEATURE, memory.readInt(voice + 4), text("streaming_info"),
                call(STREAMING_INFO_VALUE, info));
        nowhere = text("none");
        stretch = text("duration_stretch");
    }

    /** Speaks plain ASCII text. Returns empty once {@code unwanted} returns true. */
    Optional<Sound> say(String sentence, double speed, BooleanSupplier unwanted) {
        call(SET_NUMBER_FEATURE, memory.readInt(voice + 4), stretch,
                Float.floatToRawIntBits((float) (1 / speed)));
        var current = new Take(unwanted);
        take = current;
        int pointer = text(sentence);
        try {
            call(TEXT_TO_SPEECH, pointer, voice, nowhere);
        } finally {
            take = null;
        }
        call(FREE, pointer);
        return current.sound();
    }

    /** Receives each 22 ms of speech from flite: (wave, start, size, last, info). */
    private long[] chunk(Instance caller, long[] arguments) {
        int wave = (int) arguments[0];
        int size = (int) arguments[2];
        int rate = memory.readInt(wave + 4);
        int address = memory.readInt(wave + 16) + 2 * (int) arguments[1];
        boolean goOn = take != null && take.accept(memory.readBytes(address, 2 * size), rate);
        return new long[]{goOn ? CONTINUE : STOP};
    }

    private int call(int function, long... arguments) {
        long[] result = machine.call(function, arguments);
        return result == null || result.length == 0 ? 0 : (int) result[0];
    }

    private int text(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        int pointer = call(ALLOCATE, bytes.length);
        memory.write(pointer, bytes);
        return pointer;
    }

    /** The sound of one sentence as it grows. */
    private static final class Take {

        private final BooleanSupplier unwanted;
        private short[] samples = new short[1 << 16];
        private int length;
        private int rate = 16_000;
        private boolean stopped;

        Take(BooleanSupplier unwanted) {
            this.unwanted = unwanted;
        }

        boolean accept(byte[] pcm, int rateNow) {
            rate = rateNow;
            stopped = stopped || unwanted.getAsBoolean();
            int count = pcm.length / 2;
            if (stopped || length + count > MAX_SECONDS * rate) {
                return false;
            }
            if (length + count > samples.length) {
                samples = Arrays.copyOf(samples, 2 * samples.length + count);
            }
            ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples, length, count);
            length += count;
            return true;
        }

        Optional<Sound> sound() {
            return stopped ? Optional.empty() : Optional.of(new Sound(rate, Arrays.copyOf(samples, length)));
        }
    }
}
