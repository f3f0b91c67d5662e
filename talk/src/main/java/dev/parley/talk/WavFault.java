package dev.parley.talk;

import java.nio.file.Path;

/** A recording that cannot be spoken. Its message is one sentence that names the file, what is wrong with it and what to do. */
final class WavFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    WavFault(Path file, String what, String fix) {
        super(file + " " + what + "; " + fix);
    }

    /** A fault whose way out is another encoding. */
    static WavFault convert(Path file, String what) {
        return new WavFault(file, what, "convert it, for example with: " + conversion(file));
    }

    private static String conversion(Path file) {
        return "ffmpeg -i " + file + " -ac 1 -ar 16000 -c:a pcm_s16le fixed.wav";
    }
}
