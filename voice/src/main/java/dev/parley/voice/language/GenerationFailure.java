package dev.parley.voice.language;

import java.time.Duration;

/**
 * The reason why a generation failed. It has no text of the provider, because such texts quote prompts.
 *
 * @param status     status of the HTTP response, or 0
 * @param retryAfter time after which the provider allows a retry; zero if it did not say
 */
public record GenerationFailure(Kind kind, int status, Duration retryAfter) {

    /** Kind of failure. */
    public enum Kind {
        /** Nobody accepts the connection, or the name of the host is unknown. */
        UNREACHABLE,
        /** The provider refuses the key. */
        KEY,
        /** The provider does not know the model, or the address. */
        MODEL,
        /** The provider limits the number of requests or tokens. */
        BUSY,
        /** The provider fails. */
        PROVIDER,
        /** The provider refuses the request itself, for example because it is too long. */
        REQUEST,
        /** The provider redirects to another address, which is not followed: the key belongs to the configured one. */
        REDIRECTED,
        /** The stream ended before its end. */
        CUT,
        /** Nothing came for too long. */
        SILENT,
        /** The model's tool call has arguments that are no JSON object. */
        MALFORMED,
        /** The model repeats itself, or goes on without an end. */
        ENDLESS,
        /** The model replied with nothing. */
        EMPTY
    }

    /** Creates a failure without a response. */
    public static GenerationFailure of(Kind kind) {
        return new GenerationFailure(kind, 0, Duration.ZERO);
    }

    /** Returns whether the same request may succeed when it is repeated soon. */
    public boolean retryable() {
        return switch (kind) {
            case UNREACHABLE, BUSY, PROVIDER, CUT, SILENT, MALFORMED, EMPTY -> true;
            case KEY, MODEL, REQUEST, REDIRECTED, ENDLESS -> false;
        };
    }
}
