package dev.parley.voice.contract;

import org.jspecify.annotations.Nullable;

/**
 * The part of {@code initializeConnection} by which a browser finds its conversation again after its connection was lost: Parley's extension
 * {@code {resume, received}}. The owner of conversations reads it; a conversation ignores it.
 *
 * @param token    names the conversation to go on with; null asks for a new one that waits if this browser is lost
 * @param received number of its events that the browser has received; null in a page that was opened afresh
 */
public record ResumeRequest(@Nullable String token, @Nullable Long received) {

    /** Maximum length of a token that is looked up, in characters. */
    static final int TOKEN_CHARS = 100;
}
