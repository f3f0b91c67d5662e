package dev.parley.doctor.session;

import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.WebSocketConnection;
import dev.parley.doctor.wire.WebSocketConnection.Frame;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.session.RevisionDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Encodes and decodes polling payloads and WebSocket frames in one revision of Engine.IO. Safe from any thread. */
public record PacketCodec(EngineRevision revision) {
    private static final int MAX_PACKETS = 4_096;

    /** Returns the polling payload of these packets, as text. */
    public String payload(List<EnginePacket> packets) {
        return switch (revision) {
            case V3 -> Engine3Codec.encodePayload(packets);
            case V4 -> EngineCodec.encodePayload(packets);
        };
    }

    public String payload(EnginePacket packet) {
        return payload(List.of(packet));
    }

    /** Returns the packets of a polling body, or empty if it is no payload of this revision. */
    public Optional<List<EnginePacket>> read(byte[] body) {
        try {
            return Optional.of(packets(body));
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a response to a poll carries nothing but a noop, which only ends the poll. */
    boolean isNoop(Outcome outcome) {
        return outcome.response()
                .filter(response -> response.status() == 200)
                .flatMap(response -> read(response.body()))
                .filter(packets -> !packets.isEmpty()
                        && packets.stream().allMatch(EnginePacket.Noop.class::isInstance))
                .isPresent();
    }

    private List<EnginePacket> packets(byte[] body) {
        return revision == EngineRevision.V3 && isBinary(body) ? decoder().payload(body)
                : decoder().payload(new String(body, StandardCharsets.UTF_8));
    }

    private RevisionDecoder decoder() {
        return new RevisionDecoder(revision, MAX_PACKETS);
    }

    /** Returns whether a payload of revision 3 is binary: text begins with a digit. */
    static boolean isBinary(byte[] body) {
        return body.length > 0 && body[0] >= 0 && body[0] <= 1;
    }

    /** Returns the handshake at the beginning of a polling body, or empty if it has none of this revision. */
    public Optional<EngineHandshake> handshake(byte[] body) {
        return read(body).filter(packets -> !packets.isEmpty())
                .flatMap(packets -> handshake(packets.getFirst()));
    }

    /**
     * Returns the handshake at the beginning of a polling body of any revision: servers of Socket.IO 2.x respond with their own revision to
     * every request.
     */
    public static Optional<EngineHandshake> anyHandshake(byte[] body) {
        return new PacketCodec(EngineRevision.V4).handshake(body)
                .or(() -> new PacketCodec(EngineRevision.V3).handshake(body));
    }

    /** Returns the handshake in a WebSocket frame, or empty if it is another frame. */
    public Optional<EngineHandshake> handshake(Frame frame) {
        return frame(frame).flatMap(PacketCodec::handshake);
    }

    private static Optional<EngineHandshake> handshake(EnginePacket packet) {
        try {
            return packet instanceof EnginePacket.Open open ? Optional.of(EngineHandshake.parse(open.json()))
                    : Optional.empty();
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** Returns the packet of a WebSocket frame, or empty if it contains none. */
    public Optional<EnginePacket> frame(Frame frame) {
        try {
            return switch (frame) {
                case Frame.Text text -> Optional.of(decoder().frame(text.text()));
                case Frame.Binary binary -> Optional.of(decoder().frame(binary.data()));
                case Frame.Closed closed -> Optional.empty();
            };
        } catch (MalformedPacketException e) {
            return Optional.empty();
        }
    }

    /** Writes packets to a WebSocket, each in a frame. */
    public void write(List<EnginePacket> packets, WebSocketConnection to) throws WireException {
        for (var packet : packets) {
            if (packet instanceof EnginePacket.Binary binary) {
                to.send(revision == EngineRevision.V3 ? Engine3Codec.encode(binary) : binary.data());
            } else {
                to.send(EngineCodec.encode(packet));
            }
        }
    }
}
