package dev.parley.protocol.socket;

import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.PlainText;
import java.util.ArrayList;
import java.util.List;

/** Encodes a Socket.IO packet as an Engine.IO message and a binary one for each attachment. Stateless; safe from any thread. */
public final class SocketEncoder {
    private SocketEncoder() {}

    /** Returns the Engine.IO messages of a packet, in order. */
    public static List<EnginePacket> encode(SocketPacket packet) {
        return switch (packet) {
            case SocketPacket.Connect connect ->
                text('0', connect, connect.json() == null ? "" : connect.json());
            case SocketPacket.Disconnect disconnect -> text('1', disconnect, "");
            case SocketPacket.Event event -> arguments('2', event,
                    event.ackId() == null ? "" : Long.toString(event.ackId()), event.arguments());
            case SocketPacket.Ack ack -> arguments('3', ack, Long.toString(ack.ackId()), ack.arguments());
            case SocketPacket.ConnectError error -> text('4', error, error.json());
        };
    }

    private static List<EnginePacket> text(char type, SocketPacket packet, String data) {
        return List.of(new EnginePacket.Message(type + namespace(packet) + data));
    }

    private static List<EnginePacket> arguments(char type, SocketPacket packet, String ackId,
            Arguments arguments) {
        var plain = arguments.plainText();
        if (plain.isPresent() && PlainText.is(packet.namespace())) {
            return List.of(new EnginePacket.Message(
                    type + namespace(packet) + ackId + "[\"" + arguments.name() + "\",\"", plain.get(),
                    "\"]"));
        }
        if (arguments.attachments().isEmpty()) {
            return List.of(new EnginePacket.Message(type + namespace(packet) + ackId + arguments.json()));
        }
        var packets = new ArrayList<EnginePacket>(1 + arguments.attachments().size());
        // Socket.IO v5, "Packet encoding": 5 and 6 are 2 and 3 with attachments; their number follows the type.
        char binaryType = (char) (type + 3);
        packets.add(new EnginePacket.Message(binaryType + "" + arguments.attachments().size() + "-"
                + namespace(packet) + ackId + arguments.json()));
        for (byte[] attachment : arguments.attachments()) {
            packets.add(new EnginePacket.Binary(attachment));
        }
        return packets;
    }

    private static String namespace(SocketPacket packet) {
        return packet.namespace().equals(SocketPacket.DEFAULT_NAMESPACE) ? "" : packet.namespace() + ",";
    }
}
