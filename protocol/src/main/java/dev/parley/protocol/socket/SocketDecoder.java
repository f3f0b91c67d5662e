package dev.parley.protocol.socket;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Socket.IO packets of one connection: a text message is a packet, or opens one whose attachments follow as binary messages.
 * Not thread-safe: its owner calls it from one thread. Bounded by its {@link SocketLimits}. What breaks the format is thrown as
 * {@link MalformedPacketException}, after which the connection is to be closed.
 */
public final class SocketDecoder implements SocketParser.Decoder {
    private static final String END = "\"]";
    private static final int MAX_KEPT = 96;

    private final SocketLimits limits;
    private @Nullable Beginning beginning;
    /** The last text that announced attachments: the same again and again in a live stream, so it is checked once. */
    private String announcement = "";
    private @Nullable Incomplete incomplete;

    /** A decoder for one connection. */
    public SocketDecoder(SocketLimits limits) {
        this.limits = limits;
    }

    /** A text message: a packet, or nothing yet when its attachments are still to come. */
    @Override
    public Optional<SocketPacket> decode(EnginePacket.Message message) {
        if (incomplete != null) {
            throw new MalformedPacketException("text in place of an attachment");
        }
        if (!message.plain().isEmpty() && message.after().equals(END)) {
            var known = beginning(message.before());
            if (known.name() != null) {
                return Optional.of(new SocketPacket.Event(known.head().namespace(), known.head().ackId(),
                        Arguments.plain(known.name(), message.plain())));
            }
        }
        String text = message.text();
        if (text.isEmpty()) {
            throw new MalformedPacketException("empty packet");
        }
        var head = Head.read(text, limits.maxAttachments());
        if (head.attachments() == 0) {
            return Optional.of(complete(head, text, List.of()));
        }
        // Checked before the attachments are awaited, so that nothing is collected for a packet that will be refused.
        if (!text.equals(announcement)) {
            String data = text.substring(head.data());
            JsonCheck.array(data, limits.maxDepth(), head.attachments());
            if (head.type() == '5') {
                checkName(data);
            }
            announcement = text.length() > MAX_KEPT ? "" : text;
        }
        incomplete = new Incomplete(head, text, new ArrayList<>(head.attachments()), 0);
        return Optional.empty();
    }

    /** A binary message: the next attachment of the packet that waits for one. */
    @Override
    public Optional<SocketPacket> decode(EnginePacket.Binary binary) {
        if (incomplete == null) {
            throw new MalformedPacketException("an attachment that no packet announced");
        }
        var waiting = incomplete.with(binary.data());
        if (waiting.size() > limits.maxAttachmentSize()) {
            throw new MalformedPacketException("attachments too large");
        }
        if (waiting.attachments().size() < waiting.head().attachments()) {
            incomplete = waiting;
            return Optional.empty();
        }
        incomplete = null;
        return Optional.of(complete(waiting.head(), waiting.text(), waiting.attachments()));
    }

    @Override
    public long incomplete() {
        return incomplete == null ? 0 : incomplete.text().length() + incomplete.size();
    }

    /** What stands before a plain string: the same again and again in a live stream, so it is read once. */
    private Beginning beginning(String before) {
        var known = beginning;
        if (known == null || !known.text().equals(before)) {
            var head = Head.read(before, limits.maxAttachments());
            known = new Beginning(before, head, head.type() == '2' ? plainName(before, head.data()) : null);
            beginning = known;
        }
        return known;
    }

    /** The name in {@code ["name","}, when there is nothing else and it is plain. */
    private static @Nullable String plainName(String before, int from) {
        int end = before.length() - 3;
        if (end < from + 2 || !before.startsWith("[\"", from) || !before.endsWith("\",\"")) {
            return null;
        }
        String name = before.substring(from + 2, end);
        return PlainText.is(name) && !SocketPacket.isReserved(name) ? name : null;
    }

    private SocketPacket complete(Head head, String text, List<byte[]> attachments) {
        String data = text.substring(head.data());
        return switch (head.type()) {
            case '0' -> {
                if (!data.isEmpty()) {
                    JsonCheck.object(data, limits.maxDepth());
                }
                yield new SocketPacket.Connect(head.namespace(), data.isEmpty() ? null : data);
            }
            case '1' -> {
                if (!data.isEmpty()) {
                    throw new MalformedPacketException("data on a disconnect packet");
                }
                yield new SocketPacket.Disconnect(head.namespace());
            }
            case '2', '5' -> new SocketPacket.Event(head.namespace(), head.ackId(), event(data, attachments));
            case '3', '6' -> {
                if (head.ackId() == null) {
                    throw new MalformedPacketException("an answer without an id");
                }
                yield new SocketPacket.Ack(head.namespace(), head.ackId(), arguments(data, attachments));
            }
            case '4' -> {
                JsonCheck.objectOrString(data, limits.maxDepth());
                yield new SocketPacket.ConnectError(head.namespace(), data);
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
            throw new MalformedPacketException("an event with a name of the client's own");
        }
    }

    private Arguments arguments(String data, List<byte[]> attachments) {
        if (attachments.isEmpty()) {
            JsonCheck.array(data, limits.maxDepth(), 0);
        }
        return Arguments.ofChecked(data, attachments);
    }

    /** The text before a plain string; with the event's name, if it is an event of a name and that string. */
    private record Beginning(String text, Head head, @Nullable String name) {}

    private record Incomplete(Head head, String text, List<byte[]> attachments, long size) {
        Incomplete with(byte[] attachment) {
            attachments.add(attachment);
            return new Incomplete(head, text, attachments, size + attachment.length);
        }
    }
}
