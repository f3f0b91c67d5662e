package dev.parley.server.engine;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import java.util.List;
import java.util.function.Consumer;

/** How the packets of an answer to a poll become its body. Stateless; any thread. */
final class PollAnswer {
    private PollAnswer() {}

    static void send(List<EnginePacket> packets, Framing framing, Exchange exchange,
            Consumer<Exchange.Outcome> then) {
        boolean compress = false;
        for (EnginePacket packet : packets) {
            compress |= packet.compress();
        }
        if (framing.revision() == EngineRevision.V4) {
            exchange.answer(EngineCodec.encodePayload(packets), compress, then);
        } else if (framing == Framing.V3 && Engine3Codec.hasBinary(packets)) {
            exchange.answer(Engine3Codec.encodeBinaryPayload(packets), compress, then);
        } else {
            exchange.answer(Engine3Codec.encodePayload(packets), compress, then);
        }
    }

    /** Whether anything is lost with it: not so when it only ended a poll. */
    static boolean saysSomething(List<EnginePacket> packets) {
        return packets.size() > 1 || !(packets.getFirst() instanceof EnginePacket.Noop);
    }
}
