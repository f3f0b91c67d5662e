package dev.parley.doctor.probe;

import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Outcome;
import dev.parley.doctor.wire.Http;
import dev.parley.doctor.wire.Line;
import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.WireException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the calls of the probes to one target: bounded by the plan's time as a whole, counted, and dressed with the target's headers.
 * Thread-safe.
 */
public final class Caller {
    private static final Duration TOO_LITTLE = Duration.ofMillis(100);

    private static final List<String> HTTP1 = List.of("http/1.1");

    private final Target target;
    private final InetAddress address;
    private final Plan plan;
    private final int revision;
    private final Deadline deadline;
    private final Load load;

    /** What was asked of the target. */
    public static final class Load {
        private final AtomicInteger connections = new AtomicInteger();
        private final AtomicInteger requests = new AtomicInteger();

        public int connections() {
            return connections.get();
        }

        public int requests() {
            return requests.get();
        }
    }

    private Caller(Target target, InetAddress address, Plan plan, int revision, Deadline deadline,
            Load load) {
        this.target = target;
        this.address = address;
        this.plan = plan;
        this.revision = revision;
        this.deadline = deadline;
        this.load = load;
    }

    public static Caller start(Target target, InetAddress address, Plan plan, Deadline deadline) {
        return new Caller(target, address, plan, 4, deadline, new Load());
    }

    /** The same for what speaks another revision of Engine.IO. */
    public Caller speaking(int other) {
        return new Caller(target, address, plan, other, deadline, load);
    }

    /** The same for what waits for the server's ping beside the rest, which is announced and has the plan's patience on top. */
    Caller patient(Duration more) {
        return new Caller(target, address, plan, revision, deadline.plus(more), load);
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

    public int revision() {
        return revision;
    }

    /** What is left of the plan's time; zero or less when it is over. */
    public Duration left() {
        return deadline.left();
    }

    /** Whether what has just failed may have been cut off by the end of the plan's time: waits are cut to it, and end a little before. */
    boolean timeIsUp() {
        return left().compareTo(TOO_LITTLE) <= 0;
    }

    /** The plan's wait for an answer, or what is left of the whole. */
    Duration answer() {
        return deadline.within(plan.answer());
    }

    /** A connection for several requests. */
    Http open(Duration timeout) throws WireException {
        load.connections.incrementAndGet();
        return new Http(Line.open(target.endpoint(), address, HTTP1, timeout), target.endpoint().authority());
    }

    /** A request on a connection that is kept. */
    Outcome call(Http http, Request request, Duration timeout) {
        load.requests.incrementAndGet();
        long begun = System.nanoTime();
        try {
            return new Outcome.Answered(http.send(target.dress(request), timeout));
        } catch (WireException e) {
            return new Outcome.Failed(e.failure(), since(begun));
        }
    }

    /** A request on a connection of its own: both within the time. */
    Outcome call(Request request, Duration timeout) {
        if (!timeout.isPositive()) {
            return new Outcome.Failed(new Failure(Failure.Kind.TIMEOUT, ""), Duration.ZERO);
        }
        long begun = System.nanoTime();
        try {
            var http = open(timeout);
            try {
                return call(http, request.with("Connection", "close"), timeout.minus(since(begun)));
            } finally {
                http.line().close();
            }
        } catch (WireException e) {
            return new Outcome.Failed(e.failure(), since(begun));
        }
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
