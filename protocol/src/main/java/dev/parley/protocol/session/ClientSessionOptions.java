package dev.parley.protocol.session;

import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;

/**
 * The options of a {@link ClientSession}.
 *
 * @param revision       the revision of Engine.IO: in 4 the server pings, in 3 the client
 * @param transport      the first transport
 * @param upgrade        whether a session that begins on polling upgrades to WebSocket if the server offers it
 * @param upgradeTimeout maximum time of each step of an upgrade: opening, probe, and the end of pending requests
 * @param closeTimeout   maximum time in which a closing session sends its queued packets
 * @param maxPackets     maximum number of packets in a poll response
 */
public record ClientSessionOptions(EngineRevision revision, TransportKind transport, boolean upgrade,
        Duration upgradeTimeout, Duration closeTimeout, int maxPackets) {}
