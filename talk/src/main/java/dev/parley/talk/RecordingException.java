package dev.parley.talk;

import java.nio.file.Path;

/** Thrown when a recording cannot be used. The message names the file, the fault and the remedy. */
final class RecordingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RecordingException(Path file, String what, String fix) {
        super(file + " " + what + "; " + fix);
    }

    /** Returns the exception for a file that must be converted. */
    static RecordingException unsupported(Path file, String what) {
        return new RecordingException(file, what, "convert it, for example with: " + conversion(file));
    }

    private static String conversion(Path file) {
        return "ffmpeg -i " + file + " -ac 1 -ar 16000 -c:a pcm_s16le fixed.wav";
    }
}
