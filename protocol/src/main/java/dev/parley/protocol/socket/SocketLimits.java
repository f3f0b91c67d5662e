package dev.parley.protocol.socket;

/**
 * The limits of a Socket.IO decoder.
 *
 * @param maxAttachments    maximum number of attachments of a packet
 * @param maxAttachmentSize maximum total size of the attachments of a packet, in bytes
 * @param maxDepth          maximum nesting depth of a packet's JSON
 */
public record SocketLimits(int maxAttachments, long maxAttachmentSize, int maxDepth) {
    public SocketLimits {
        if (maxAttachments < 0 || maxAttachmentSize < 0 || maxDepth < 1) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** Returns the defaults: 64 attachments, 4 MB of attachments, 128 levels. */
    public static SocketLimits defaults() {
        return new SocketLimits(64, 4_000_000, 128);
    }
}
