package dev.parley.speech.parts;

/** Thrown when the embedded model cannot do its work. The message is one sentence that may be shown to the operator. */
public final class SpeechException extends RuntimeException {

    public SpeechException(String message) {
        super(message);
    }

    public SpeechException(String message, Throwable cause) {
        super(message, cause);
    }
}
