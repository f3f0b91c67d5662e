package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineCodec;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.TransportKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one session of Engine.IO 4, the client's side. Not thread-safe: its owner calls it from one thread at a time. At
 * most one poll, one POST and one write to the WebSocket are pending. Its queue is unlimited: the owner limits what it sends.
 *
 * <pre>
 * phase     input                         next     what happens
 * OPENING   Started                       OPENING  Poll or OpenWebSocket
 * OPENING   open packet                   OPENING  HandshakeReceived
 * OPENING   HandshakeRead                 OPEN     the next poll; OpenWebSocket if the session is to upgrade
 * OPENING   any other packet              CLOSED   Closed
 * OPEN      PollReceived                  OPEN     Deliver for each message, then the next poll
 * OPEN      Send; PostSent, Written       OPEN     the next batch of queued packets, unless one is pending
 * OPEN      CloseRequested                CLOSING  the queued packets are sent, then a close packet or close frame
 * CLOSING   all sent; closeTimeout        CLOSED   Closed
 * any       close packet, loss, malformed CLOSED   Closed
 *             packet, silence, Dropped
 *
 * upgrade   input                         next     what happens
 * OPENING   WebSocketOpened               PROBING  ping "probe"
 * PROBING   pong "probe"                  PAUSING  no further poll or POST begins
 * PAUSING   no poll, POST or write is     NONE     the upgrade packet; Upgraded: packets go over the WebSocket
 *             pending
 * not NONE  loss, any other packet,       NONE     UpgradeFailed; polling continues
 *             timeout
 * not NONE  CloseRequested                NONE     AbortWebSocket; the session closes on polling
 * </pre>
 */
public final class ClientSession {
    private static final String PROBE = "probe";
    /** The reason of {@link ClientEffect.Closed} if the server's first packet is no handshake. */
    public static final String NO_HANDSHAKE = "no handshake";
    private static final String LEFT = "io client disconnect";

    private enum Phase {
        OPENING,
        OPEN,
        CLOSING,
        CLOSED
    }

    private enum Upgrade {
        NONE,
        OPENING,
        PROBING,
        PAUSING
    }

    private final ClientSessionOptions options;
    private final ClientQueue queue = new ClientQueue();
    private final Effects<ClientEffect> effects = new Effects<>();
    private TransportKind transport;
    private Phase phase = Phase.OPENING;
    private Upgrade upgrade = Upgrade.NONE;
    private boolean polling;
    private boolean posting;
    private boolean writing;
    private boolean handshaken;
    private boolean farewellSent;
    private long maxPayload = Long.MAX_VALUE;
    private Duration silence = Duration.ZERO;
    private @Nullable Instant silentBy;
    private @Nullable Instant upgradeBy;
    private @Nullable Instant closeBy;
    private @Nullable Instant armedWake;

    /** Creates a session; {@link ClientInput.Started} is its first input. */
    public ClientSession(ClientSessionOptions options) {
        this.options = options;
        this.transport = options.transport();
    }

    /** Returns the transport in use. */
    public TransportKind transport() {
        return transport;
    }

    /** Returns whether packets are accepted: neither is the session over nor has the client asked to close it. */
    public boolean accepts() {
        return phase == Phase.OPENING || phase == Phase.OPEN;
    }

    /** Returns the size of packets as they count towards a request body, in bytes: base64 and UTF-8, with an overhead. */
    public static long size(List<EnginePacket> packets) {
        long sum = 0;
        for (EnginePacket packet : packets) {
            sum += ClientQueue.size(packet);
        }
        return sum;
    }

    /** Handles one input and returns the effects to perform, in order. */
    public List<ClientEffect> on(ClientInput input, Instant now) {
        effects.clear();
        if (phase != Phase.CLOSED) {
            handle(input, now);
            wake();
        }
        return effects.take();
    }

    private void handle(ClientInput input, Instant now) {
        switch (input) {
            case ClientInput.Started started -> {
                if (transport == TransportKind.POLLING) {
                    poll();
                } else {
                    effects.add(new ClientEffect.OpenWebSocket());
                }
            }
            case ClientInput.HandshakeRead read -> handshakeRead(read, now);
            case ClientInput.PollReceived received -> {
                polling = false;
                received(received.body(), now);
            }
            case ClientInput.PollFailed failed -> {
                polling = false;
                lost(failed.reason());
            }
            case ClientInput.PostSent sent -> {
                posting = false;
                proceed();
            }
            case ClientInput.PostFailed failed -> {
                posting = false;
                lost(failed.reason());
            }
            case ClientInput.WebSocketOpened opened -> {
                if (upgrade == Upgrade.OPENING) {
                    upgradeStep(Upgrade.PROBING, now);
                    write(List.of(new EnginePacket.Ping(PROBE)));
                }
            }
            case ClientInput.TextReceived received -> {
                try {
                    frame(EngineCodec.decode(received.text()), now);
                } catch (MalformedPacketException e) {
                    end("parse error: " + e.getMessage());
                }
            }
            case ClientInput.BinaryReceived received -> frame(new EnginePacket.Binary(received.data()), now);
            case ClientInput.Written written -> {
                writing = false;
                proceed();
            }
            case ClientInput.WebSocketLost lost -> {
                if (upgrade != Upgrade.NONE) {
                    upgradeFailed(lost.reason());
                } else if (transport == TransportKind.WEBSOCKET) {
                    lost(lost.reason());
                }
            }
            case ClientInput.Send send -> {
                if (phase != Phase.CLOSING) {
                    queue.addAll(send.packets());
                    proceed();
                }
            }
            case ClientInput.CloseRequested requested -> closeRequested(now);
            case ClientInput.Dropped dropped -> end(dropped.reason());
            case ClientInput.Tick tick -> tick(now);
        }
    }

    private void handshakeRead(ClientInput.HandshakeRead read, Instant now) {
        if (phase != Phase.OPENING) {
            return;
        }
        phase = Phase.OPEN;
        silence = read.silence();
        maxPayload = read.maxPayload();
        heard(now);
        proceed();
        if (options.upgrade() && read.upgrades() && transport == TransportKind.POLLING) {
            upgradeStep(Upgrade.OPENING, now);
            effects.add(new ClientEffect.OpenWebSocket());
        }
    }

    private void received(String body, Instant now) {
        try {
            heard(now);
            for (EnginePacket packet : EngineCodec.decodePayload(body, options.maxPackets())) {
                packet(packet);
            }
            proceed();
        } catch (MalformedPacketException e) {
            end("parse error: " + e.getMessage());
        }
    }

    private void frame(EnginePacket packet, Instant now) {
        heard(now);
        if (upgrade == Upgrade.PROBING && packet instanceof EnginePacket.Pong pong
                && pong.data().equals(PROBE)) {
            upgradeStep(Upgrade.PAUSING, now);
        } else if (upgrade != Upgrade.NONE) {
            abandonUpgrade("the WebSocket opened, but the probe got a wrong response");
        } else {
            packet(packet);
        }
        proceed();
    }

    private void packet(EnginePacket packet) {
        if (phase == Phase.CLOSED) {
            return;
        }
        switch (packet) {
            case EnginePacket.Open open when phase == Phase.OPENING && !handshaken -> {
                handshaken = true;
                effects.add(new ClientEffect.HandshakeReceived(open.json()));
            }
            case EnginePacket ignored when !handshaken -> end(NO_HANDSHAKE);
            case EnginePacket.Message message -> effects.add(new ClientEffect.Deliver(message));
            case EnginePacket.Binary binary -> effects.add(new ClientEffect.Deliver(binary));
            case EnginePacket.Ping ping -> queue.addAll(List.of(new EnginePacket.Pong(ping.data())));
            case EnginePacket.Close close -> lost("transport close");
            case EnginePacket.Open ignored -> {}
            case EnginePacket.Pong ignored -> {}
            case EnginePacket.Upgrade ignored -> {}
            case EnginePacket.Noop ignored -> {}
        }
    }

    /** Begins the requests and writes that can begin now. */
    private void proceed() {
        if (phase == Phase.OPENING || phase == Phase.CLOSED) {
            return;
        }
        if (upgrade == Upgrade.PAUSING) {
            if (!polling && !posting && !writing) {
                upgraded();
            }
        } else if (transport == TransportKind.WEBSOCKET) {
            if (!writing && !queue.isEmpty()) {
                write(queue.take(maxPayload));
            } else if (!writing && phase == Phase.CLOSING) {
                effects.add(new ClientEffect.CloseWebSocket());
                closed(LEFT);
            }
        } else {
            if (!posting && !queue.isEmpty()) {
                post(queue.take(maxPayload));
            } else if (!posting && phase == Phase.CLOSING) {
                sayFarewell();
            }
            if (!polling && phase == Phase.OPEN) {
                poll();
            }
        }
    }

    private void poll() {
        polling = true;
        effects.add(new ClientEffect.Poll());
    }

    private void post(List<EnginePacket> packets) {
        posting = true;
        effects.add(new ClientEffect.Post(packets));
    }

    private void write(List<EnginePacket> packets) {
        writing = true;
        effects.add(new ClientEffect.Write(packets));
    }

    // Engine.IO 4, "Upgrade": once the probe has its pong and polling is at rest, the client sends "5".
    private void upgraded() {
        upgrade = Upgrade.NONE;
        upgradeBy = null;
        transport = TransportKind.WEBSOCKET;
        write(List.of(new EnginePacket.Upgrade()));
        effects.add(new ClientEffect.Upgraded());
    }

    private void upgradeStep(Upgrade step, Instant now) {
        upgrade = step;
        upgradeBy = now.plus(options.upgradeTimeout());
    }

    private void abandonUpgrade(String reason) {
        effects.add(new ClientEffect.AbortWebSocket());
        upgradeFailed(reason);
    }

    private void upgradeFailed(String reason) {
        endUpgrade();
        effects.add(new ClientEffect.UpgradeFailed(reason));
        proceed();
    }

    private void endUpgrade() {
        upgrade = Upgrade.NONE;
        upgradeBy = null;
        writing = false;
    }

    private void closeRequested(Instant now) {
        if (phase == Phase.OPENING) {
            end(LEFT);
        } else if (phase == Phase.OPEN) {
            phase = Phase.CLOSING;
            closeBy = now.plus(options.closeTimeout());
            if (upgrade != Upgrade.NONE) {
                // The client gives the upgrade up; it did not fail.
                effects.add(new ClientEffect.AbortWebSocket());
                endUpgrade();
            }
            proceed();
        }
    }

    private void sayFarewell() {
        if (farewellSent) {
            end(LEFT);
        } else {
            farewellSent = true;
            post(List.of(new EnginePacket.Close()));
        }
    }

    private void tick(Instant now) {
        armedWake = null;
        if (SessionDeadlines.due(closeBy, now)) {
            end(LEFT);
        } else if (SessionDeadlines.due(silentBy, now)) {
            // Engine.IO 4, "Heartbeat": a server that is silent for pingInterval + pingTimeout has gone.
            end("ping timeout");
        } else if (SessionDeadlines.due(upgradeBy, now)) {
            abandonUpgrade(switch (upgrade) {
                case PROBING -> "the WebSocket opened, but the probe was not answered";
                case PAUSING -> "the polling request in flight did not end";
                default -> "the WebSocket did not open in time";
            });
        }
    }

    private void heard(Instant now) {
        if (!silence.isZero()) {
            silentBy = now.plus(silence);
        }
    }

    /** Ends a session whose transport was lost: by the server, or because the client has left. */
    private void lost(String reason) {
        end(phase == Phase.CLOSING ? LEFT : reason);
    }

    private void end(String reason) {
        if (polling || posting) {
            effects.add(new ClientEffect.AbortPolling());
        }
        if (transport == TransportKind.WEBSOCKET || upgrade != Upgrade.NONE) {
            effects.add(new ClientEffect.AbortWebSocket());
        }
        closed(reason);
    }

    private void closed(String reason) {
        phase = Phase.CLOSED;
        queue.clear();
        silentBy = null;
        upgradeBy = null;
        closeBy = null;
        effects.add(new ClientEffect.Closed(reason));
    }

    private void wake() {
        var earliest = SessionDeadlines.earlier(SessionDeadlines.earlier(silentBy, upgradeBy), closeBy);
        if (earliest != null && (armedWake == null || earliest.isBefore(armedWake))) {
            armedWake = earliest;
            effects.add(new ClientEffect.Wake(earliest));
        }
    }
}
