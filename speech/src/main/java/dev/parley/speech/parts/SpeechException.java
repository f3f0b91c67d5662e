package dev.parley.speech.parts;

/** The embedded model cannot do its work. The message is one sentence fit to be shown to whoever runs the server. */
public final class SpeechException extends RuntimeException {

    public SpeechException(String message) {
        super(message);
    }

    public SpeechException(String message, Throwable cause) {
        super(message, cause);
    }
}
