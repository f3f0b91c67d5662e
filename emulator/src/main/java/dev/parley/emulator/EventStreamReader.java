package dev.parley.emulator;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits the bytes of an AWS event stream into its messages, however the network divided them. Not thread-safe. */
final class EventStreamReader {

    /** Maximum length of a message, in bytes. The service accepts less; an event of a conversation is never near it. */
    private static final int LONGEST = 1 << 20;

    private byte[] kept = new byte[0];

    /**
     * Adds the next bytes; returns the messages that they complete.
     *
     * @throws IllegalArgumentException if they are not messages
     */
    List<Frame> feed(byte[] bytes) {
        byte[] all = Arrays.copyOf(kept, kept.length + bytes.length);
        System.arraycopy(bytes, 0, all, kept.length, bytes.length);
        var frames = new ArrayList<Frame>();
        int at = 0;
        while (all.length - at >= Frame.PRELUDE) {
            int length = ByteBuffer.wrap(all, at, 4).getInt();
            if (length < Frame.PRELUDE + 4 || length > LONGEST) {
                throw new IllegalArgumentException("a message of impossible length");
            }
            if (all.length - at < length) {
                break;
            }
            frames.add(Frame.decoded(Arrays.copyOfRange(all, at, at + length)));
            at += length;
        }
        kept = Arrays.copyOfRange(all, at, all.length);
        return frames;
    }

    /** Returns whether only a part of the last message has arrived. */
    boolean cut() {
        return kept.length > 0;
    }
}
