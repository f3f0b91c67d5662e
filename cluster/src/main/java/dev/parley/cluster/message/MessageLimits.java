package dev.parley.cluster.message;

/**
 * Limits of one message from another server. A message beyond one of them is rejected.
 *
 * @param maxBytes       size, in bytes
 * @param maxDepth       nested arrays and objects
 * @param maxAttachments binary values in an event
 */
public record MessageLimits(int maxBytes, int maxDepth, int maxAttachments) {
    /** Depth of the message around the values of an event. */
    private static final int ENVELOPE = 8;

    public MessageLimits {
        if (maxBytes < 1 || maxDepth < 1 || maxAttachments < 0) {
            throw new IllegalArgumentException(
                    "limits must be positive: " + maxBytes + ", " + maxDepth + ", " + maxAttachments);
        }
    }

    /** Returns the defaults: 16 MB, 128 levels, 1 000 attachments. */
    public static MessageLimits defaults() {
        return new MessageLimits(16_000_000, 128, 1_000);
    }

    /** The depth of a whole message. */
    int messageDepth() {
        return maxDepth + ENVELOPE;
    }
}
