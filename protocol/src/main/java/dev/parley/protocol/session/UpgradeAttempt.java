package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.engine.EnginePacket;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upgrade of a session from polling to a WebSocket, from its request to the upgrade packet. Not thread-safe. */
// A request is this one or another; equality means nothing for them.
@SuppressWarnings("ReferenceEquality")
final class UpgradeAttempt {

    private final PollingRequests requests;
    private final PacketSender sender;
    private final SessionDeadlines deadlines;
    private final Effects<SessionEffect> effects;
    /** Null while there is no attempt. */
    private @Nullable ClientRequest request;
    private boolean probed;

    UpgradeAttempt(PollingRequests requests, PacketSender sender, SessionDeadlines deadlines,
            Effects<SessionEffect> effects) {
        this.requests = requests;
        this.sender = sender;
        this.deadlines = deadlines;
        this.effects = effects;
    }

    boolean isActive() {
        return request != null;
    }

    boolean isProbed() {
        return probed;
    }

    boolean isFor(ClientRequest other) {
        return request == other;
    }

    void accept(ClientRequest webSocket, Instant by) {
        request = webSocket;
        deadlines.upgradeBy = by;
        effects.add(new SessionEffect.AcceptWebSocket(webSocket));
    }

    /** Handles a packet of the WebSocket; null if it is malformed. */
    void received(@Nullable EnginePacket packet) {
        // Engine.IO v4, "Upgrade": the client probes with "2probe", and sends "5" once its last poll has returned.
        if (isActive() && !probed && packet instanceof EnginePacket.Ping ping
                && ping.data().equals(EnginePacket.PROBE)) {
            probed = true;
            effects.add(new SessionEffect.Write(List.of(new EnginePacket.Pong(EnginePacket.PROBE))));
            requests.respondWithNoop();
        } else if (probed && packet instanceof EnginePacket.Upgrade) {
            requests.respondWithNoop();
            end();
            sender.switchToWebSocket();
            effects.add(new SessionEffect.Upgraded());
        } else {
            abandon();
        }
    }

    /** Closes the WebSocket of the attempt, if there is one. */
    void abandon() {
        if (isActive()) {
            lost();
            effects.add(new SessionEffect.CloseWebSocket());
        }
    }

    /** Ends the attempt: its WebSocket was closed by the client, failed, or was not opened. */
    void lost() {
        end();
        sender.stayOnPolling();
        effects.add(new SessionEffect.UpgradeFailed());
    }

    private void end() {
        request = null;
        probed = false;
        deadlines.upgradeBy = null;
    }
}
