package dev.parley.talk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The audio that a server has not confirmed, as a browser keeps it: it is sent again after the connection was lost, so that each chunk arrives
 * once. At most {@value #MAX_CHUNKS} chunks, 15 s; then the oldest are lost. For a server that confirms nothing, chunks are kept until they are sent.
 * Thread-safe.
 */
final class UnconfirmedAudio {
    static final int MAX_CHUNKS = 469;

    private final Deque<Chunk> sent = new ArrayDeque<>();
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    /** The number of chunks before the oldest one, as the server counts. */
    private long first;
    private boolean confirms;

    /**
     * A chunk to send.
     *
     * @param replayed whether it was sent before, on a connection that was lost
     */
    record Chunk(byte[] pcm, boolean replayed) {}

    /** Adds a chunk of the microphone. */
    synchronized void add(byte[] pcm) {
        waiting.add(new Chunk(pcm, false));
        if (sent.size() + waiting.size() > MAX_CHUNKS) {
            if (sent.poll() == null) {
                waiting.remove();
            } else {
                first++; // it may have arrived: only the server knows
            }
        }
    }

    /** Returns the next chunk to send, which counts as sent. */
    synchronized Optional<Chunk> next() {
        Chunk next = waiting.poll();
        if (next != null && confirms) {
            sent.add(next);
        }
        return Optional.ofNullable(next);
    }

    /** The server has received so many chunks of this conversation. */
    synchronized void confirmed(long count) {
        while (first < count && sent.poll() != null) {
            first++;
        }
    }

    /**
     * The server has offered a conversation. Chunks that it has not received are sent again. Called before anything is sent on a new connection.
     *
     * @param conversation the argument of {@code conversation}, or an empty object from a server that has none
     */
    synchronized void offered(JsonNode conversation) {
        long count = conversation.path("audio").path("count").asLong(0);
        if (conversation.path("anew").asBoolean(false)) {
            first = 0;
        } else {
            confirmed(count);
        }
        first = count;
        confirms = conversation.path("replay").asBoolean(false);
        List<Chunk> again = new ArrayList<>(sent);
        sent.clear();
        again.reversed().forEach(chunk -> waiting.addFirst(new Chunk(chunk.pcm(), true)));
    }
}
