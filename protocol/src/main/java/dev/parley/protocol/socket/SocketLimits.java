package dev.parley.protocol.socket;

/**
 * What a Socket.IO decoder accepts.
 *
 * @param maxAttachments    attachments of one packet
 * @param maxAttachmentSize bytes of all attachments of one packet together
 * @param maxDepth          how deep its JSON may nest
 */
public record SocketLimits(int maxAttachments, long maxAttachmentSize, int maxDepth) {
    public SocketLimits {
        if (maxAttachments < 0 || maxAttachmentSize < 0 || maxDepth < 1) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    /** 64 attachments of 4 MB together, 128 levels. */
    public static SocketLimits defaults() {
        return new SocketLimits(64, 4_000_000, 128);
    }
}
