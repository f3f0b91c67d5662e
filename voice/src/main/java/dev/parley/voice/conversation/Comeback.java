package dev.parley.voice.conversation;

import org.jspecify.annotations.Nullable;

/**
 * What a browser says in {@code initializeConnection} that wants to find its conversation again after its connection was lost: Parley's
 * extension {@code {resume, received}}. It is for whoever keeps conversations; the conversation itself does nothing about it.
 *
 * @param token    names the conversation to go on with; null is a new one that shall wait if this browser is lost
 * @param received how many of its events have come; null is none, as in a page that was opened afresh
 */
public record Comeback(@Nullable String token, @Nullable Long received) {

    /** The longest token worth looking up. */
    static final int TOKEN_CHARS = 100;
}
