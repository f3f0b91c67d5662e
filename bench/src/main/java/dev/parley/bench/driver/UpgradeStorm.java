package dev.parley.bench.driver;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Clients that come, connect over polling, move to a WebSocket as the JavaScript client does, have one message echoed there and go, so
 * many at a time.
 */
public final class UpgradeStorm {
    private final Driver driver;
    private final LatencyMeter meter = new LatencyMeter();
    private final CountDownLatch left;
    private final int total;
    private int begun;
    private int stuck;

    public UpgradeStorm(Driver driver, int total) {
        this.driver = driver;
        this.total = total;
        this.left = new CountDownLatch(total);
    }

    /**
     * Runs them all.
     *
     * @return latencies from the first byte to the echo; what was stuck or failed counts as skipped
     */
    public LatencyMeter.Reading run(int port, int atOnce, Duration timeout) {
        driver.run(() -> {
            for (int i = 0; i < atOnce; i++) {
                next(new Lanes(new HttpLane(driver, port), new HttpLane(driver, port)), port);
            }
        });
        try {
            if (!left.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new BenchException("the storm did not end: " + left.getCount() + " left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
        return driver.call(() -> {
            for (int i = 0; i < stuck; i++) {
                meter.skipped();
            }
            return meter.take();
        });
    }

    private void next(Lanes lanes, int port) {
        if (begun == total) {
            lanes.close();
            return;
        }
        begun++;
        new UpgradingClient(driver, port, lanes, nanos -> {
            if (nanos < 0) {
                stuck++;
                lanes.close();
                next(new Lanes(new HttpLane(driver, port), new HttpLane(driver, port)), port);
            } else {
                meter.message();
                meter.latency(nanos);
                next(lanes, port);
            }
            left.countDown();
        }).begin();
    }

    /** The two connections of a client's polling, used by one client after the other. */
    record Lanes(HttpLane gets, HttpLane posts) {
        void close() {
            gets.close();
            posts.close();
        }
    }
}
