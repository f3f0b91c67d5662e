package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the Socket.IO packets of one connection: a text message, and for each attachment a binary message after it. Not thread-safe:
 * its owner calls it from one thread. Its limits are its {@link SocketLimits}. Throws {@link MalformedPacketException} on malformed
 * packets; the caller then closes the connection.
 */
public final class SocketDecoder implements SocketParser.Decoder {
    private static final String END = "\"]";
    private static final int MAX_KEPT = 96;

    private final SocketLimits limits;
    private @Nullable Beginning beginning;
    /** The last text that announced attachments: in a live stream it recurs, so it is checked once. */
    private String announcement = "";
    private @Nullable Incomplete incomplete;

    /** Creates a decoder for one connection. */
    public SocketDecoder(SocketLimits limits) {
        this.limits = limits;
    }

    /** Decodes a text message; empty if attachments follow. */
    @Override
    public Optional<SocketPacket> decode(EnginePacket.Message message) {
        if (incomplete != null) {
            throw new MalformedPacketException("text in place of an attachment");
        }
        if (!message.plain().isEmpty() && message.after().equals(END)) {
            var known = beginning(message.before());
            if (known.name() != null) {
                return Optional.of(new SocketPacket.Event(known.header().namespace(), known.header().ackId(),
                        Arguments.plain(known.name(), message.plain())));
            }
        }
        String text = message.text();
        if (text.isEmpty()) {
            throw new MalformedPacketException("empty packet");
        }
        var header = PacketHeader.read(text, limits.maxAttachments());
        if (header.attachments() == 0) {
            return Optional.of(complete(header, text, List.of()));
        }
        // Checked before the attachments come, so that none is kept for a malformed packet.
        if (!text.equals(announcement)) {
            String data = text.substring(header.data());
            JsonCheck.array(data, limits.maxDepth(), header.attachments());
            if (header.type() == '5') {
                checkName(data);
            }
            announcement = text.length() > MAX_KEPT ? "" : text;
        }
        incomplete = new Incomplete(header, text, new ArrayList<>(header.attachments()), 0);
        return Optional.empty();
    }

    /** Decodes a binary message, the next attachment; empty if more follow. */
    @Override
    public Optional<SocketPacket> decode(EnginePacket.Binary binary) {
        if (incomplete == null) {
            throw new MalformedPacketException("an attachment that no packet announced");
        }
        var waiting = incomplete.with(binary.data());
        if (waiting.size() > limits.maxAttachmentSize()) {
            throw new MalformedPacketException("attachments too large");
        }
        if (waiting.attachments().size() < waiting.header().attachments()) {
            incomplete = waiting;
            return Optional.empty();
        }
        incomplete = null;
        return Optional.of(complete(waiting.header(), waiting.text(), waiting.attachments()));
    }

    @Override
    public long incomplete() {
        return incomplete == null ? 0 : incomplete.text().length() + incomplete.size();
    }

    /** Returns the decoded text before a plain string: in a live stream it recurs, so it is decoded once. */
    private Beginning beginning(String before) {
        var known = beginning;
        if (known == null || !known.text().equals(before)) {
            var header = PacketHeader.read(before, limits.maxAttachments());
            known = new Beginning(before, header,
                    header.type() == '2' ? plainName(before, header.data()) : null);
            beginning = known;
        }
        return known;
    }

    /** Returns the event name in {@code ["name","}; null if there is more or the name is not plain. */
    private static @Nullable String plainName(String before, int from) {
        int end = before.length() - 3;
        if (end < from + 2 || !before.startsWith("[\"", from) || !before.endsWith("\",\"")) {
            return null;
        }
        String name = before.substring(from + 2, end);
        return PlainText.is(name) && !SocketPacket.isReserved(name) ? name : null;
    }

    private SocketPacket complete(PacketHeader header, String text, List<byte[]> attachments) {
        String data = text.substring(header.data());
        return switch (header.type()) {
            case '0' -> {
                if (!data.isEmpty()) {
                    JsonCheck.object(data, limits.maxDepth());
                }
                yield new SocketPacket.Connect(header.namespace(), data.isEmpty() ? null : data);
            }
            case '1' -> {
                if (!data.isEmpty()) {
                    throw new MalformedPacketException("data on a disconnect packet");
                }
                yield new SocketPacket.Disconnect(header.namespace());
            }
            case '2', '5' ->
                new SocketPacket.Event(header.namespace(), header.ackId(), event(data, attachments));
            case '3', '6' -> {
                if (header.ackId() == null) {
                    throw new MalformedPacketException("an ack without an id");
                }
                yield new SocketPacket.Ack(header.namespace(), header.ackId(), arguments(data, attachments));
            }
            case '4' -> {
                JsonCheck.objectOrString(data, limits.maxDepth());
                yield new SocketPacket.ConnectError(header.namespace(), data);
            }
            default -> throw new MalformedPacketException("unknown packet type");
        };
    }

    private Arguments event(String data, List<byte[]> attachments) {
        var arguments = arguments(data, attachments);
        if (attachments.isEmpty()) {
            checkName(data);
        }
        return arguments;
    }

    private static void checkName(String data) {
        if (!JsonCheck.startsWithName(data)) {
            throw new MalformedPacketException("an event without a name");
        }
        if (SocketPacket.isReserved(Arguments.of(data).name())) {
            throw new MalformedPacketException("an event with a reserved name");
        }
    }

    private Arguments arguments(String data, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            JsonCheck.array(data, limits.maxDepth(), 0);
        }
        return Arguments.ofChecked(data, attachments);
    }

    /** The decoded text before a plain string; the name is null unless the event has a single string argument. */
    private record Beginning(String text, PacketHeader header, @Nullable String name) {}

    private record Incomplete(PacketHeader header, String text, List<byte[]> attachments, long size) {
        Incomplete with(byte[] attachment) {
            attachments.add(attachment);
            return new Incomplete(header, text, attachments, size + attachment.length);
        }
    }
}
