package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;

import org.jspecify.annotations.Nullable;

/**
 * The header of a text packet, before its JSON: {@code <type>[<attachments>-][<namespace>,][<ack id>]}.
 *
 * @param data index at which the JSON begins
 */
record PacketHeader(char type, int attachments, String namespace, @Nullable Long ackId, int data) {
    private static final int MAX_NAMESPACE = 512;
    private static final int MAX_DIGITS = 15;

    static PacketHeader read(String text, int maxAttachments) {
        char type = text.charAt(0);
        int at = 1;
        int attachments = 0;
        if (type == '5' || type == '6') {
            int dash = digits(text, at);
            if (dash == at || dash >= text.length() || text.charAt(dash) != '-' || dash - at > 6) {
                throw new MalformedPacketException("a number of attachments is missing");
            }
            attachments = Integer.parseInt(text, at, dash, 10);
            if (attachments > maxAttachments) {
                throw new MalformedPacketException("too many attachments");
            }
            at = dash + 1;
        }
        String namespace = SocketPacket.DEFAULT_NAMESPACE;
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE) {
                throw new MalformedPacketException("namespace too long");
            }
            namespace = text.substring(at, end);
            at = comma < 0 ? end : comma + 1;
        }
        int end = digits(text, at);
        if (end - at > MAX_DIGITS) {
            throw new MalformedPacketException("ack id too long");
        }
        Long ackId = end == at ? null : Long.valueOf(Long.parseLong(text, at, end, 10));
        return new PacketHeader(type, attachments, namespace, ackId, end);
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
