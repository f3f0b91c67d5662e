package dev.parley.doctor.session;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.HttpConnection;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.TcpConnection;
import dev.parley.doctor.wire.WireException;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Sends the requests of the probes to one target. Adds the target's headers, counts connections and requests, and limits each wait to what
 * is left of the plan's total time. Thread-safe.
 */
public final class ProbeClient {
    private static final Duration TIMING_MARGIN = Duration.ofMillis(100);

    private static final List<String> HTTP1 = List.of("http/1.1");

    private final Target target;
    private final InetAddress address;
    private final Plan plan;
    private final EngineRevision revision;
    private final Deadline deadline;
    private final Load load;

    private ProbeClient(Target target, InetAddress address, Plan plan, EngineRevision revision,
            Deadline deadline, Load load) {
        this.target = target;
        this.address = address;
        this.plan = plan;
        this.revision = revision;
        this.deadline = deadline;
        this.load = load;
    }

    public static ProbeClient start(Target target, InetAddress address, Plan plan, Deadline deadline) {
        return new ProbeClient(target, address, plan, EngineRevision.V4, deadline, new Load());
    }

    /** Returns a client for another revision of Engine.IO, with the same deadline and counters. */
    public ProbeClient withRevision(EngineRevision other) {
        return new ProbeClient(target, address, plan, other, deadline, load);
    }

    /** Returns a client for another target on the same server, with the same deadline and counters. */
    public ProbeClient withTarget(Target other) {
        return withTarget(other, address);
    }

    /** Returns a client for another target at its address, with the same deadline and counters. */
    public ProbeClient withTarget(Target other, InetAddress itsAddress) {
        return new ProbeClient(other, itsAddress, plan, revision, deadline, load);
    }

    /** Returns a client that waits at most this long for each response. */
    public ProbeClient withResponseTimeout(Duration most) {
        return new ProbeClient(target, address, plan.withResponseTimeout(most), revision, deadline, load);
    }

    /** Returns the address of the server. */
    public InetAddress address() {
        return address;
    }

    /** Returns a client whose deadline is later, for a probe that waits for the server's ping in the background. */
    public ProbeClient withExtraTime(Duration more) {
        return new ProbeClient(target, address, plan, revision, deadline.plus(more), load);
    }

    public Target target() {
        return target;
    }

    public Plan plan() {
        return plan;
    }

    public Load load() {
        return load;
    }

    public EngineRevision revision() {
        return revision;
    }

    public PacketCodec codec() {
        return new PacketCodec(revision);
    }

    /** Returns the target of a handshake by polling. */
    public String handshakeTarget() {
        return target.requestTarget(revision, TransportKind.POLLING, Optional.empty());
    }

    /** Returns the target of the polling requests of a session. */
    public String pollingTarget(String sid) {
        return target.requestTarget(revision, TransportKind.POLLING, Optional.of(sid));
    }

    /** Returns the time left of the plan; zero or less when it is over. */
    public Duration timeLeft() {
        return deadline.remaining();
    }

    /** Returns true if a failure may be due to the end of the plan's time. Waits are limited to it and end shortly before. */
    public boolean isOutOfTime() {
        return timeLeft().compareTo(TIMING_MARGIN) <= 0;
    }

    /** Returns the plan's timeout for one response, limited to the time left. */
    public Duration responseTimeout() {
        return deadline.cap(plan.responseTimeout());
    }

    /** Opens a connection for several requests. */
    public HttpConnection open(Duration timeout) throws WireException {
        if (!load.connects()) {
            throw new WireException(ConnectionFailure.Kind.HELD_BACK, "");
        }
        return new HttpConnection(TcpConnection.open(target.endpoint(), address, HTTP1, timeout),
                target.endpoint().authority());
    }

    /** Sends a request on a connection that stays open. */
    public Outcome send(HttpConnection http, Request request, Duration timeout) {
        long begun = System.nanoTime();
        if (!load.sends(request.body().length)) {
            return new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.HELD_BACK, ""),
                    Duration.ZERO);
        }
        try {
            var response = http.send(target.decorate(request), timeout);
            load.note(response);
            return new Outcome.Responded(response);
        } catch (WireException e) {
            return new Outcome.Failed(e.failure(), elapsedSince(begun));
        }
    }

    /** Opens a connection for one request and sends it, both within {@code timeout}. */
    public Outcome send(Request request, Duration timeout) {
        if (!timeout.isPositive()) {
            return new Outcome.Failed(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, ""),
                    Duration.ZERO);
        }
        long begun = System.nanoTime();
        try {
            var http = open(timeout);
            try {
                return send(http, request.with("Connection", "close"), timeout.minus(elapsedSince(begun)));
            } finally {
                http.connection().close();
            }
        } catch (WireException e) {
            return new Outcome.Failed(e.failure(), elapsedSince(begun));
        }
    }

    public static Duration elapsedSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    public static Duration longerOf(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    public static Duration shorterOf(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
