package dev.parley.bench;

import dev.parley.bench.Scenario.Entry;
import dev.parley.bench.driver.BenchException;
import dev.parley.bench.driver.Driver;
import dev.parley.bench.driver.Load;
import dev.parley.bench.driver.Shape;
import dev.parley.bench.driver.UpgradeStorm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures the servers in turn, each once in every round, so that a disturbance of the machine affects all. Each round begins with the
 * next server.
 */
final class Runner {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int STORMING_AT_ONCE = 50;
    /** A storm goes through much more code than an echo: after one warm-up, compilers still take half of the processor. */
    private static final int STORM_WARM_UP = 4;

    private final Driver driver;
    private final Pace pace;

    Runner(Driver driver, Pace pace) {
        this.driver = driver;
        this.pace = pace;
    }

    Map<Entry, Series> echoes(Scenario scenario, Map<Entry, ServerProcess> servers) {
        var results = new LinkedHashMap<Entry, Series>();
        var loads = new LinkedHashMap<Entry, Load>();
        try {
            servers.forEach((entry, server) -> {
                results.put(entry, new Series());
                var load = new Load(driver, server.port(), scenario.shape(entry));
                loads.put(entry, load);
                try {
                    load.open(TIMEOUT);
                } catch (BenchException e) {
                    note(entry, e);
                    loads.remove(entry).close();
                    return;
                }
                warmUp(server, load);
            });
            for (int round = 0; round < pace.rounds(); round++) {
                for (var one : rotated(List.copyOf(loads.entrySet()), round)) {
                    series(results, one.getKey())
                            .add(window(server(servers, one.getKey()), one.getValue(), pace.window()));
                }
            }
            loads.forEach((entry, load) -> {
                if (load.lost() > 0) {
                    note(entry, new BenchException(load.lost() + " connections lost"));
                }
            });
        } finally {
            loads.values().forEach(Load::close);
        }
        return results;
    }

    Map<Entry, Series> upgrades(Map<Entry, ServerProcess> servers) {
        var results = new LinkedHashMap<Entry, Series>();
        servers.keySet().forEach(entry -> results.put(entry, new Series()));
        servers.forEach((entry, server) -> warmUp(server, STORM_WARM_UP, () -> storm(server)));
        for (int round = 0; round < pace.rounds(); round++) {
            for (Entry entry : rotated(List.copyOf(servers.keySet()), round)) {
                series(results, entry).add(storm(server(servers, entry)));
            }
        }
        return results;
    }

    /** The server has to be a fresh one; it serves some connections first, so that its pools and classes are there. */
    Table.Memory idle(ServerProcess server) {
        boolean handshake = server.subject().speaksSocketIo();
        var busy = new Shape(100, 0, false, Shape.Kind.TEXT, "text", handshake);
        try (var load = new Load(driver, server.port(), busy)) {
            load.open(TIMEOUT);
            warmUp(server, load);
        }
        pause(Duration.ofSeconds(1));
        long heapBefore = server.heapAfterCollection();
        long before = resident(server, heapBefore);
        var idle = new Shape(pace.idle(), 0, false, Shape.Kind.TEXT, "text", handshake);
        try (var load = new Load(driver, server.port(), idle)) {
            load.open(TIMEOUT);
            pause(Duration.ofSeconds(1));
            long heap = server.heapAfterCollection();
            long resident = resident(server, heap) - before;
            return new Table.Memory((double) resident / pace.idle(),
                    (double) (heap - heapBefore) / pace.idle(), before);
        }
    }

    /** With what the heap holds in place of what of it has ever been touched, which is the collector's affair. */
    private static long resident(ServerProcess server, long heap) {
        long touched = server.subject().touchedHeap();
        return touched == 0 ? server.resident() : server.resident() - touched + heap;
    }

    /** In a closed loop, whatever the scenario, until the server's code is compiled. */
    private void warmUp(ServerProcess server, Load load) {
        load.startSaturated();
        warmUp(server, 1, () -> pause(Duration.ofMillis(100)));
        load.stop();
        pause(Duration.ofMillis(200));
    }

    private void warmUp(ServerProcess server, int times, Runnable work) {
        double spent = server.processorSeconds();
        long until = System.nanoTime() + times * pace.warmTime().toNanos();
        while (server.processorSeconds() - spent < times * pace.warmUp() && System.nanoTime() < until) {
            work.run();
        }
    }

    private Result window(ServerProcess server, Load load, Duration duration) {
        load.start();
        pause(Duration.ofMillis(150));
        load.take();
        var result = measured(server, () -> {
            pause(duration);
            return load.take();
        });
        load.stop();
        pause(Duration.ofMillis(100));
        return result;
    }

    private Result storm(ServerProcess server) {
        return measured(server, () -> new UpgradeStorm(driver, pace.upgrades()).run(server.port(),
                STORMING_AT_ONCE, TIMEOUT));
    }

    private static Result measured(ServerProcess server,
            Supplier<dev.parley.bench.driver.LatencyMeter.Reading> work) {
        long allocated = server.allocated();
        double processor = server.processorSeconds();
        long begun = System.nanoTime();
        var reading = work.get();
        double wall = (System.nanoTime() - begun) / 1e9;
        double spent = server.processorSeconds() - processor;
        return new Result(reading, spent, wall, allocated < 0 ? -1 : server.allocated() - allocated);
    }

    /** Returns the entries in the order of a round: each is first in turn, because the first one measured in a round costs more. */
    static <T> List<T> rotated(List<T> entries, int round) {
        var order = new ArrayList<>(entries);
        Collections.rotate(order, -round);
        return order;
    }

    private static Series series(Map<Entry, Series> results, Entry entry) {
        return results.computeIfAbsent(entry, missing -> new Series());
    }

    private static ServerProcess server(Map<Entry, ServerProcess> servers, Entry entry) {
        var server = servers.get(entry);
        if (server == null) {
            throw new IllegalStateException("no server for " + entry.label());
        }
        return server;
    }

    private static void note(Entry entry, BenchException failure) {
        System.err.println("bench: " + entry.label() + ": " + failure.getMessage());
    }

    private static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
