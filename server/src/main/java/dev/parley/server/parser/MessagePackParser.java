package dev.parley.server.parser;

import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.socket.SocketLimits;
import dev.parley.protocol.socket.SocketPacket;
import dev.parley.protocol.socket.SocketParser;
import java.util.List;
import java.util.Optional;

/**
 * Encodes each packet as one binary MessagePack message, for clients with {@code socket.io-msgpack-parser}. The message is a map of
 * {@code type}, {@code nsp}, {@code id} and {@code data}. Thread-safe.
 */
public final class MessagePackParser implements SocketParser {
    @Override
    public List<EnginePacket> encode(SocketPacket packet) {
        return List.of(new EnginePacket.Binary(MessagePackWriter.write(packet)));
    }

    @Override
    public Decoder decoder(SocketLimits limits) {
        return new Decoder() {
            @Override
            public Optional<SocketPacket> decode(EnginePacket.Message message) {
                throw new MalformedPacketException("text where MessagePack is spoken");
            }

            @Override
            public Optional<SocketPacket> decode(EnginePacket.Binary binary) {
                return Optional.of(new MessagePackReader(binary.data(), limits).read());
            }
        };
    }
}
