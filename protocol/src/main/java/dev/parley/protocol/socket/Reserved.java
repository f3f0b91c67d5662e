package dev.parley.protocol.socket;

import java.util.Set;

/** The event names of {@link SocketPacket#isReserved}. */
final class Reserved {
    static final Set<String> NAMES = Set.of("connect", "connect_error", "disconnect", "disconnecting",
            "newListener", "removeListener");

    private Reserved() {}
}
