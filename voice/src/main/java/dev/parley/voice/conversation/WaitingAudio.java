package dev.parley.voice.conversation;

import java.util.ArrayDeque;
import java.util.List;

/** The user's audio that arrived before {@code audioStart} was handled. Bounded in pieces and bytes; the oldest is dropped. */
final class WaitingAudio {

    private final int maxChunks;
    private final int maxBytes;
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private int bytes;

    WaitingAudio(ConversationOptions.Limits limits) {
        maxChunks = limits.waitChunks();
        maxBytes = limits.waitBytes();
    }

    /**
     * Adds a piece and returns whether an older one was dropped. The newest piece is always kept whole, even above the limit: its size was
     * limited when it was decoded.
     */
    boolean add(byte[] pcm) {
        var before = chunks.size();
        chunks.add(pcm);
        bytes += pcm.length;
        while (chunks.size() > 1 && (chunks.size() > maxChunks || bytes > maxBytes)) {
            bytes -= chunks.remove().length;
        }
        return chunks.size() <= before;
    }

    List<byte[]> drain() {
        var all = List.copyOf(chunks);
        clear();
        return all;
    }

    void clear() {
        chunks.clear();
        bytes = 0;
    }

    int chunks() {
        return chunks.size();
    }

    int bytes() {
        return bytes;
    }
}
