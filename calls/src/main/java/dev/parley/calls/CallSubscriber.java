package dev.parley.calls;

import dev.parley.voice.conversation.ConversationEvent;
import java.time.Instant;

/** Receives the events of one call's conversation, on the thread of the call's owner. Never waits. */
interface CallSubscriber {

    void on(ConversationEvent event, Instant now);

    /** Receives a piece of the user's sound: PCM, 16 kHz, mono, 16-bit little-endian. */
    default void heard(byte[] pcm, Instant now) {}
}
