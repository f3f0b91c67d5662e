package dev.parley.server.internal.json;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.Reply;

/** A received acknowledgement, whose arguments are parsed when they are read. */
public final class IncomingReply extends ReceivedValues implements Reply {
    public IncomingReply(Arguments arguments, JsonCodec json) {
        super(arguments, 0, json);
    }
}
