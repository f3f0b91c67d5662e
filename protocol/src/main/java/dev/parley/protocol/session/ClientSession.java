package dev.parley.protocol.session;

import dev.parley.protocol.Effects;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.EngineHandshake;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one session of Engine.IO 3 or 4, the client's side. Not thread-safe: its owner calls it from one thread at a time. At
 * most one poll, one POST and one write to the WebSocket are pending. Its queue is unlimited: the owner limits what it sends.
 *
 * <pre>
 * phase     input                         next     what happens
 * OPENING   Started                       OPENING  Poll or OpenWebSocket
 * OPENING   open packet                   OPEN     Opened, the next poll; OpenWebSocket if the session is to upgrade
 * OPENING   any other packet              CLOSED   Closed
 * OPEN      PollReceived                  OPEN     Deliver for each message, then the next poll
 * OPEN      Tick at pingInterval          OPEN     revision 3: a ping is queued
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
    private final RevisionDecoder decoder;
    private final ClientHeartbeat heartbeat;
    private final ClientQueue queue = new ClientQueue();
    private final Effects<ClientEffect> effects = new Effects<>();
    private TransportKind transport;
    private Phase phase = Phase.OPENING;
    private Upgrade upgrade = Upgrade.NONE;
    private boolean polling;
    private boolean posting;
    private boolean writing;
    private boolean farewellSent;
    private long maxPayload = Long.MAX_VALUE;
    private @Nullable Instant upgradeBy;
    private @Nullable Instant closeBy;
    private @Nullable Instant armedWake;

    /** Creates a session; {@link ClientInput.Started} is its first input. */
    public ClientSession(ClientSessionOptions options) {
        this.options = options;
        this.decoder = new RevisionDecoder(options.revision(), options.maxPackets());
        this.heartbeat = new ClientHeartbeat(options.revision());
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
            try {
                handle(input, now);
            } catch (MalformedPacketException e) {
                end(new ClientFailure.Malformed(false, String.valueOf(e.getMessage())));
            }
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
            case ClientInput.PollReceived received -> {
                polling = false;
                received(decoder.payload(received.body()), now);
            }
            case ClientInput.BinaryPollReceived received -> {
                polling = false;
                received(decoder.payload(received.body()), now);
            }
            case ClientInput.PollFailed failed -> {
                polling = false;
                lost(failed.why());
            }
            case ClientInput.PostSent sent -> {
                posting = false;
                proceed();
            }
            case ClientInput.PostFailed failed -> {
                posting = false;
                lost(failed.why());
            }
            case ClientInput.WebSocketOpened opened -> {
                if (upgrade == Upgrade.OPENING) {
                    upgradeStep(Upgrade.PROBING, now);
                    write(List.of(new EnginePacket.Ping(EnginePacket.PROBE)));
                }
            }
            case ClientInput.TextReceived received -> frame(decoder.frame(received.text()), now);
            case ClientInput.BinaryReceived received -> frame(decoder.frame(received.data()), now);
            case ClientInput.Written written -> {
                writing = false;
                proceed();
            }
            case ClientInput.WebSocketLost lost -> {
                if (upgrade != Upgrade.NONE) {
                    upgradeFailed(lost.why());
                } else if (transport == TransportKind.WEBSOCKET) {
                    lost(lost.why());
                }
            }
            case ClientInput.Send send -> {
                if (phase != Phase.CLOSING) {
                    queue.addAll(send.packets());
                    proceed();
                }
            }
            case ClientInput.CloseRequested requested -> closeRequested(now);
            case ClientInput.Dropped dropped -> end(dropped.why());
            case ClientInput.Tick tick -> tick(now);
        }
    }

    private void open(String json, Instant now) {
        EngineHandshake handshake;
        try {
            handshake = EngineHandshake.parse(json);
        } catch (MalformedPacketException e) {
            end(new ClientFailure.Malformed(true, String.valueOf(e.getMessage())));
            return;
        }
        phase = Phase.OPEN;
        maxPayload = handshake.maxPayload().orElse(EngineHandshake.DEFAULT_MAX_PAYLOAD);
        heartbeat.start(handshake, now);
        effects.add(new ClientEffect.Opened(handshake));
        if (options.upgrade() && handshake.offersWebSocket() && transport == TransportKind.POLLING) {
            upgradeStep(Upgrade.OPENING, now);
            effects.add(new ClientEffect.OpenWebSocket());
        }
    }

    private void received(List<EnginePacket> packets, Instant now) {
        heartbeat.heard(now);
        if (packets.isEmpty() && phase == Phase.OPENING) {
            // An empty payload of revision 3. Polling again would be a second handshake.
            end(ClientFailure.Cause.NO_HANDSHAKE);
            return;
        }
        for (EnginePacket packet : packets) {
            packet(packet, now);
        }
        proceed();
    }

    private void frame(EnginePacket packet, Instant now) {
        heartbeat.heard(now);
        if (upgrade == Upgrade.PROBING && packet instanceof EnginePacket.Pong pong
                && pong.data().equals(EnginePacket.PROBE)) {
            upgradeStep(Upgrade.PAUSING, now);
        } else if (upgrade != Upgrade.NONE) {
            abandonUpgrade(ClientFailure.Cause.PROBE_WRONG);
        } else {
            packet(packet, now);
        }
        proceed();
    }

    private void packet(EnginePacket packet, Instant now) {
        if (phase == Phase.CLOSED) {
            return;
        }
        switch (packet) {
            case EnginePacket.Open open when phase == Phase.OPENING -> open(open.json(), now);
            case EnginePacket ignored when phase == Phase.OPENING -> end(ClientFailure.Cause.NO_HANDSHAKE);
            case EnginePacket.Message message -> effects.add(new ClientEffect.Deliver(message));
            case EnginePacket.Binary binary -> effects.add(new ClientEffect.Deliver(binary));
            case EnginePacket.Ping ping -> {
                // In Engine.IO 3 the server sends no pings.
                if (options.revision() == EngineRevision.V4) {
                    queue.addAll(List.of(new EnginePacket.Pong(ping.data())));
                }
            }
            case EnginePacket.Close close -> lost(ClientFailure.Cause.CLOSED_BY_SERVER);
            case EnginePacket.Open ignored -> {}
            case EnginePacket.Pong pong -> heartbeat.ponged(now);
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
                closed(ClientFailure.Cause.LEFT);
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

    private void abandonUpgrade(ClientFailure why) {
        effects.add(new ClientEffect.AbortWebSocket());
        upgradeFailed(why);
    }

    private void upgradeFailed(ClientFailure why) {
        endUpgrade();
        effects.add(new ClientEffect.UpgradeFailed(why));
        proceed();
    }

    private void endUpgrade() {
        upgrade = Upgrade.NONE;
        upgradeBy = null;
        writing = false;
    }

    private void closeRequested(Instant now) {
        if (phase == Phase.OPENING) {
            end(ClientFailure.Cause.LEFT);
        } else if (phase == Phase.OPEN) {
            phase = Phase.CLOSING;
            closeBy = now.plus(options.closeTimeout());
            if (upgrade != Upgrade.NONE) {
                // The client abandons the upgrade; the upgrade did not fail.
                effects.add(new ClientEffect.AbortWebSocket());
                endUpgrade();
            }
            proceed();
        }
    }

    private void sayFarewell() {
        if (farewellSent) {
            end(ClientFailure.Cause.LEFT);
        } else {
            farewellSent = true;
            post(List.of(new EnginePacket.Close()));
        }
    }

    private void tick(Instant now) {
        armedWake = null;
        if (SessionDeadlines.due(closeBy, now)) {
            end(ClientFailure.Cause.LEFT);
        } else if (heartbeat.serverHasGone(now)) {
            // Engine.IO 4, "Heartbeat": a server that is silent for pingInterval + pingTimeout has gone.
            end(ClientFailure.Cause.SILENCE);
        } else if (heartbeat.pingIsDue(now)) {
            heartbeat.pinged(now);
            queue.addAll(List.of(new EnginePacket.Ping("")));
            proceed();
        } else if (SessionDeadlines.due(upgradeBy, now)) {
            abandonUpgrade(switch (upgrade) {
                case PROBING -> ClientFailure.Cause.PROBE_UNANSWERED;
                case PAUSING -> ClientFailure.Cause.POLLING_NOT_ENDED;
                default -> ClientFailure.Cause.NOT_OPENED;
            });
        }
    }

    /** Ends a session whose transport was lost: by the server, or because the client has left. */
    private void lost(ClientFailure why) {
        end(phase == Phase.CLOSING ? ClientFailure.Cause.LEFT : why);
    }

    private void end(ClientFailure why) {
        if (polling || posting) {
            effects.add(new ClientEffect.AbortPolling());
        }
        if (transport == TransportKind.WEBSOCKET || upgrade != Upgrade.NONE) {
            effects.add(new ClientEffect.AbortWebSocket());
        }
        closed(why);
    }

    private void closed(ClientFailure why) {
        phase = Phase.CLOSED;
        queue.clear();
        heartbeat.stop();
        upgradeBy = null;
        closeBy = null;
        effects.add(new ClientEffect.Closed(why));
    }

    private void wake() {
        var earliest = SessionDeadlines.earlier(heartbeat.next(),
                SessionDeadlines.earlier(upgradeBy, closeBy));
        if (earliest != null && (armedWake == null || earliest.isBefore(armedWake))) {
            armedWake = earliest;
            effects.add(new ClientEffect.Wake(earliest));
        }
    }
}
