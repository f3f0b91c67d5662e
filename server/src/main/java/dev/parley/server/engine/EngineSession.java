package dev.parley.server.engine;

import dev.parley.protocol.engine.CloseCause;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EnginePacket;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.Session;
import dev.parley.protocol.session.SessionInput;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs one {@link Session}: feeds it the inputs of HTTP and of the layer above, and performs its effects. All methods are called on the
 * session's loop, except for {@link #sid}, {@link #loop}, {@link #transport}, {@link #queued} and {@link #memory}, which are safe from
 * any thread.
 */
// A link is this one or another; equality means nothing for them.
@SuppressWarnings("ReferenceEquality")
public final class EngineSession {
    private final String sid;
    private final Session session;
    private final Framing framing;
    private final Loop loop;
    private final MemoryAccount memory;
    private final SessionDriver driver;

    EngineSession(String sid, Session session, Framing framing, Loop loop, InstantSource clock,
            Traffic traffic, MemoryBudget budget, Runnable onRelease) {
        this.sid = sid;
        this.session = session;
        this.framing = framing;
        this.loop = loop;
        this.memory = budget.open(() -> loop.execute(() -> drop(CloseReason.OVERLOADED)));
        this.driver = new SessionDriver(session, framing, loop, clock, traffic, memory, onRelease);
    }

    /** Returns the session id: a secret of the client. */
    public String sid() {
        return sid;
    }

    /** Returns the loop that owns the session. */
    public Loop loop() {
        return loop;
    }

    /** Returns the transport in use at this moment. */
    public TransportKind transport() {
        return driver.transport();
    }

    /** Returns the revision of Engine.IO that the client speaks. */
    public EngineRevision revision() {
        return framing.revision();
    }

    /** Returns the framing that the client requested in the handshake. */
    public Framing framing() {
        return framing;
    }

    /** Returns the bytes that are queued or in poll responses not sent yet, as of a moment ago. */
    public long queued() {
        return driver.queued();
    }

    /** Returns the session's share of the memory budget. */
    public MemoryAccount memory() {
        return memory;
    }

    /** Returns whether packets sent now leave at once. */
    public boolean writable() {
        return driver.writable();
    }

    /** Begins a session on polling. First, and once. */
    public void open(SessionOwner newOwner) {
        driver.setOwner(newOwner);
        driver.accept(new SessionInput.Opened());
    }

    /** Begins a session on its WebSocket. First, and once. */
    public void open(SessionOwner newOwner, WebSocketLink link) {
        driver.setWebSocket(link);
        open(newOwner);
    }

    /** Handles a poll: responds now or later, or refuses it. */
    public void poll(Exchange exchange) {
        driver.pollBegan();
        driver.accept(new SessionInput.Polled(exchange));
    }

    /** Handles the loss of a poll's connection. Ignored unless the poll is pending. */
    public void pollLost(Exchange exchange) {
        driver.accept(new SessionInput.PollLost(exchange));
    }

    /**
     * Ends the session, since another server says that its last poll was cancelled, or the response has not reached the client; not if that response held nothing,
     * as one that ends a poll for an upgrade.
     */
    public void responseLost() {
        if (!driver.lastPollGotNothing()) {
            driver.accept(new SessionInput.ResponseLost(0));
        }
    }

    /** Begins a POST; returns whether its body is to be read. If not, the POST was refused. */
    public boolean postStarted(Exchange exchange) {
        driver.accept(new SessionInput.PostStarted(exchange));
        // While the session performs effects, this input is queued: the body is read meanwhile.
        return driver.isRunning() || session.awaitsBody(exchange);
    }

    /** Handles the complete body of a POST. */
    public void postReceived(Exchange exchange, String body) {
        driver.accept(new SessionInput.PostReceived(exchange, body));
    }

    /** Handles the complete binary body of a POST, in Engine.IO 3 only. */
    public void postReceived(Exchange exchange, byte[] body) {
        driver.accept(new SessionInput.BinaryPostReceived(exchange, body));
    }

    /** Handles the loss of a POST's connection before its body was complete. */
    public void postLost(Exchange exchange) {
        driver.accept(new SessionInput.PostLost(exchange));
    }

    /** Forgets a POST to which the caller has responded itself, since its body is too large. */
    public void postRejected(Exchange exchange) {
        driver.accept(new SessionInput.PostRejected(exchange));
    }

    /** Handles a request to upgrade to WebSocket: accepts it, turns it away, or refuses it. */
    public void offerWebSocket(WebSocketOffer offer) {
        driver.accept(new SessionInput.WebSocketOffered(offer));
    }

    /** Begins to receive from the WebSocket of an accepted offer, or closes it if the upgrade has ended. */
    public void attach(WebSocketOffer offer, WebSocketLink link) {
        if (session.isUpgrading(offer)) {
            driver.setWebSocket(link);
        } else {
            link.close();
        }
    }

    /** Ends an upgrade whose WebSocket could not be opened. */
    public void notOpened(WebSocketOffer offer) {
        driver.accept(new SessionInput.WebSocketNotOpened(offer));
    }

    /** Handles a text message. Dropped unless the link is the session's WebSocket. */
    public void text(WebSocketLink link, String text) {
        if (driver.webSocket() == link) {
            driver.accept(new SessionInput.TextReceived(text));
        }
    }

    /** Handles a text message that the link has decoded. Dropped unless the link is the session's WebSocket. */
    public void message(WebSocketLink link, EnginePacket.Message message) {
        if (driver.webSocket() == link) {
            driver.accept(new SessionInput.MessageReceived(message));
        }
    }

    /** Handles a binary message. Dropped unless the link is the session's WebSocket. */
    public void binary(WebSocketLink link, byte[] data) {
        if (driver.webSocket() == link) {
            driver.accept(new SessionInput.BinaryReceived(data));
        }
    }

    /** Handles a change of the WebSocket's writability. */
    public void writable(WebSocketLink link, boolean writable) {
        if (driver.webSocket() == link) {
            driver.accept(new SessionInput.WritabilityChanged(writable));
        }
    }

    /** Handles the end of the WebSocket. */
    public void lost(WebSocketLink link) {
        if (driver.webSocket() == link) {
            driver.setWebSocket(null);
            driver.accept(new SessionInput.WebSocketLost());
        }
    }

    /** Handles a failure of the WebSocket. */
    public void failed(WebSocketLink link, CloseCause cause) {
        if (driver.webSocket() == link) {
            driver.setWebSocket(null);
            driver.accept(new SessionInput.WebSocketFailed(cause));
        }
    }

    /** Handles a violation of the WebSocket protocol by the client; the link closes itself. */
    public void failed(WebSocketLink link, WebSocketViolation violation) {
        if (driver.webSocket() == link) {
            driver.owner().violated(violation);
            failed(link, violation.cause());
        }
    }

    /** Sends the packets of one event. */
    public void send(List<EnginePacket> packets) {
        send(packets, 0, Long.MAX_VALUE);
    }

    /**
     * Sends packets in order.
     *
     * @param sharedWeight bytes of them that other sessions hold too, since they are those of a broadcast
     * @param largest      weight of the largest event among them, which does not count towards {@code maxQueuedBytes}
     */
    public void send(List<EnginePacket> packets, long sharedWeight, long largest) {
        driver.accept(new SessionInput.Send(packets, sharedWeight, largest));
    }

    /** Pauses or resumes reading from the client. */
    public void pauseReading(boolean paused) {
        driver.accept(new SessionInput.ReadingPaused(paused));
    }

    /** Closes the session at once; drops the queued packets and the poll responses that are not sent yet. */
    public void drop(CloseReason reason) {
        driver.accept(new SessionInput.Dropped(reason));
        driver.cutPollResponses();
    }

    /** Closes the session once the queued packets have been sent. Does nothing if it has ended. */
    public void close(CloseReason reason) {
        driver.accept(new SessionInput.CloseRequested(reason));
    }
}
