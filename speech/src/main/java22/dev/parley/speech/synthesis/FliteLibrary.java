package dev.parley.speech.synthesis;

import dev.parley.speech.parts.SpeechException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The installed libflite with one of its voices. The voices do not name the libraries that they need, so all are opened through dlopen with
 * their symbols made global, the base first.
 */
@SuppressWarnings("restricted")
final class FliteLibrary {

    private static final int LAZY_GLOBAL = 0x101;
    private static final Linker LINKER = Linker.nativeLinker();

    private final MemorySegment base;
    private final MemorySegment voices;

    private FliteLibrary(MemorySegment base, MemorySegment voices) {
        this.base = base;
        this.voices = voices;
    }

    /** Returns empty where the library or the voice is not installed, and on systems other than 64-bit Linux. */
    static Optional<FliteLibrary> open(String voice) {
        boolean linux = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        if (!linux || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        MemorySegment base = load("libflite.so.1");
        MemorySegment words = load("libflite_cmulex.so.1");
        MemorySegment language = load("libflite_usenglish.so.1");
        if (base.address() == 0 || words.address() == 0 || language.address() == 0) {
            return Optional.empty();
        }
        MemorySegment voices = load("libflite_cmu_us_" + voice + ".so.1");
        if (voices.address() == 0) {
            return Optional.empty();
        }
        var library = new FliteLibrary(base, voices);
        try {
            int _ = (int) library.function("flite_init", FunctionDescriptor.of(ValueLayout.JAVA_INT)).invokeExact();
        } catch (Throwable e) {
            throw new SpeechException("flite does not start", e);
        }
        return Optional.of(library);
    }

    MemorySegment registerVoice(String name) {
        try {
            var register = LINKER.downcallHandle(symbol(voices, "register_cmu_us_" + name),
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS));
            return (MemorySegment) register.invokeExact(MemorySegment.NULL);
        } catch (Throwable e) {
            throw new SpeechException("flite's voice " + name + " does not start", e);
        }
    }

    MethodHandle function(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbol(base, name), type);
    }

    private static MemorySegment load(String library) {
        var open = LINKER.downcallHandle(LINKER.defaultLookup().find("dlopen").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            return (MemorySegment) open.invokeExact(arena.allocateFrom(library), LAZY_GLOBAL);
        } catch (Throwable e) {
            throw new SpeechException("dlopen cannot be called", e);
        }
    }

    private static MemorySegment symbol(MemorySegment library, String name) {
        var find = LINKER.downcallHandle(LINKER.defaultLookup().find("dlsym").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            var found = (MemorySegment) find.invokeExact(library, arena.allocateFrom(name));
            if (found.address() == 0) {
                throw new SpeechException("flite has no function " + name);
            }
            return found;
        } catch (SpeechException e) {
            throw e;
        } catch (Throwable e) {
            throw new SpeechException("dlsym cannot be called", e);
        }
    }
}
