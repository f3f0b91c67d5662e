package dev.parley.server.engine;

import dev.parley.protocol.engine.Engine3Codec;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.session.SessionEffect;
import dev.parley.protocol.session.SessionInput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Encodes the poll responses of a session, and keeps those that the network has not accepted yet. On the session's loop. */
final class PollResponses {
    private final Framing framing;
    private final Loop loop;
    private final Consumer<SessionInput> session;
    private final List<Exchange> unsent = new ArrayList<>(0);
    private boolean lastIsLossless;

    /** @param session is fed what became of each response */
    PollResponses(Framing framing, Loop loop, Consumer<SessionInput> session) {
        this.framing = framing;
        this.loop = loop;
        this.session = session;
    }

    /** A poll has come, which has no response yet. */
    void began() {
        lastIsLossless = false;
    }

    /** Returns whether the last poll has a response, and nothing can be lost with it. */
    boolean lastIsLossless() {
        return lastIsLossless;
    }

    void send(Exchange poll, SessionEffect.RespondToPoll response) {
        unsent.add(poll);
        var packets = response.packets();
        boolean compress = false;
        for (EnginePacket packet : packets) {
            compress |= packet.compress();
        }
        lastIsLossless = isLossless(packets);
        var then = new Unsent(poll, response.weight(), lastIsLossless);
        if (framing.revision() == EngineRevision.V4) {
            poll.respond(EngineCodec.encodePayload(packets), compress, then);
        } else if (framing == Framing.V3 && Engine3Codec.hasBinary(packets)) {
            poll.respond(Engine3Codec.encodeBinaryPayload(packets), compress, then);
        } else {
            poll.respond(Engine3Codec.encodePayload(packets), compress, then);
        }
    }

    /** Closes the connections of all unsent responses. */
    void cut() {
        List.copyOf(unsent).forEach(Exchange::cut);
    }

    /** Returns whether nothing is lost with a response, since it only ends a poll. */
    private static boolean isLossless(List<EnginePacket> packets) {
        return packets.size() == 1 && packets.getFirst() instanceof EnginePacket.Noop;
    }

    /** Hears what became of a response, on any thread, and feeds it to the session on its loop. */
    private final class Unsent implements Consumer<Exchange.Outcome>, Runnable {
        private final Exchange poll;
        private final long weight;
        private final boolean lossless;
        /** Written before the loop is given the task that reads it. */
        private boolean lost;

        Unsent(Exchange poll, long weight, boolean lossless) {
            this.poll = poll;
            this.weight = weight;
            this.lossless = lossless;
        }

        @Override
        public void accept(Exchange.Outcome outcome) {
            lost = outcome == Exchange.Outcome.LOST && !lossless;
            loop.run(this);
        }

        @Override
        public void run() {
            unsent.remove(poll);
            session.accept(
                    lost ? new SessionInput.ResponseLost(weight) : new SessionInput.ResponseSent(weight));
        }
    }
}
