package dev.parley.bench.driver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The clients of one scenario against one server. Called from the bench's thread; the clients live on the driver's loop. */
public final class Load implements AutoCloseable {
    private static final int OPENING_AT_ONCE = 32;

    private final Driver driver;
    private final Shape shape;
    private final LatencyMeter meter = new LatencyMeter();
    private final List<EchoClient> clients = new ArrayList<>();
    private final List<Future<?>> timers = new ArrayList<>();
    private final CountDownLatch opening;
    private int opened;
    private int broadcastLeft;
    private long broadcastAt;
    private boolean running;
    private boolean saturated;
    private boolean closed;
    private int lost;

    /** The ports of a polling client: of its handshake, and of all its later requests. A WebSocket uses the first. */
    public record Route(int first, int then) {}

    public Load(Driver driver, int port, Shape shape) {
        this(driver, List.of(new Route(port, port)), shape);
    }

    /** Creates clients that take the routes in turn. */
    public Load(Driver driver, List<Route> routes, Shape shape) {
        this.driver = driver;
        this.shape = shape;
        this.opening = new CountDownLatch(shape.connections());
        var payload = WebSocketEcho.Payload.of(shape);
        var listener = new Listener();
        for (int i = 0; i < shape.connections(); i++) {
            var route = routes.get(i % routes.size());
            clients.add(shape.polling() ? new PollingEcho(driver, route, shape, listener)
                    : new WebSocketEcho(driver, route.first(), shape, payload, listener));
        }
    }

    /** Connects all clients. */
    public Load open(Duration timeout) {
        driver.run(() -> {
            for (int i = 0; i < OPENING_AT_ONCE; i++) {
                openNext();
            }
        });
        try {
            if (!opening.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchException(
                        opening.getCount() + " of " + shape.connections() + " clients did not get connected");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
        return this;
    }

    /** Lets messages flow. */
    public void start() {
        start(shape.perSecond() == 0);
    }

    /** Lets messages flow in a closed loop, whatever the shape. */
    public void startSaturated() {
        start(true);
    }

    private void start(boolean closedLoop) {
        driver.run(() -> {
            running = true;
            saturated = closedLoop;
            if (shape.kind() == Shape.Kind.BROADCAST) {
                broadcast();
            } else if (closedLoop) {
                clients.forEach(EchoClient::fire);
            } else {
                pace();
            }
        });
    }

    /** Returns the counts since the last call. */
    public LatencyMeter.Reading take() {
        return driver.call(meter::take);
    }

    /** Sends no more messages; outstanding echoes still arrive. */
    public void stop() {
        driver.run(() -> {
            running = false;
            timers.forEach(timer -> timer.cancel(false));
            timers.clear();
        });
    }

    /** Returns the number of clients that have lost their connection. */
    public int lost() {
        return driver.call(() -> lost);
    }

    @Override
    public void close() {
        driver.run(() -> {
            closed = true;
            running = false;
            timers.forEach(timer -> timer.cancel(false));
            clients.forEach(EchoClient::close);
        });
    }

    private void openNext() {
        if (opened < clients.size() && !closed) {
            clients.get(opened++).open();
        }
    }

    /** Spread evenly, so that the server is woken for each. */
    private void pace() {
        long period = 1_000_000_000L / shape.perSecond();
        for (int i = 0; i < clients.size(); i++) {
            var client = clients.get(i);
            timers.add(driver.loop()
                    .scheduleAtFixedRate(client::fire, period * i / clients.size(), period,
                            TimeUnit.NANOSECONDS));
        }
    }

    private void broadcast() {
        broadcastLeft = clients.size() - lost;
        broadcastAt = System.nanoTime();
        clients.getFirst().fire();
    }

    private final class Listener implements EchoClient.Listener {
        @Override
        public void ready() {
            opening.countDown();
            openNext();
        }

        @Override
        public void echoed(EchoClient client, long nanos) {
            meter.message();
            if (shape.kind() == Shape.Kind.BROADCAST) {
                if (--broadcastLeft == 0) {
                    meter.latency(System.nanoTime() - broadcastAt);
                    if (running) {
                        broadcast();
                    }
                }
                return;
            }
            if (nanos >= 0) {
                meter.latency(nanos);
            }
            if (running && saturated) {
                client.fire();
            }
        }

        @Override
        public void lost(EchoClient client) {
            if (!closed) {
                lost++;
            }
        }
    }
}
