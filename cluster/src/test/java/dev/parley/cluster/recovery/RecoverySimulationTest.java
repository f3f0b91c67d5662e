package dev.parley.cluster.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.cluster.core.VirtualTime;
import dev.parley.server.adapter.BroadcastOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Clients that are lost and come back to any server, while servers are killed, cut off and started, and Redis is frozen or restarted, all driven by a seed. No client
 * receives an event twice or out of the order of its sender, one that is recovered misses none, and one that begins anew receives nothing that is older, even from
 * a server that was cut off. A failure names its seed; {@code -Dparley.seeds=N} runs more of them.
 */
class RecoverySimulationTest {
    private static final int STEPS = 100;
    /** Entries that were in the log this long before a client began anew do not reach it. */
    private static final int CERTAIN_MILLIS = 60;

    @Test
    void clientsMissNothingAndGetNothingTwiceForManySeeds() {
        long seeds = Long.getLong("parley.seeds", 250);
        int recovered = 0;
        for (long seed = 0; seed < seeds; seed++) {
            var run = new Run(seed);
            try {
                run.play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            recovered += run.recoveries();
        }
        assertThat(recovered).as("recovered clients").isGreaterThan((int) seeds);
    }

    private static final class Run {
        private final Random random;
        private final VirtualTime time = new VirtualTime();
        private final SimulatedRedis redis;
        private final Duration maxWait;
        private final List<SimulatedServer> servers = new ArrayList<>();
        private final List<SimulatedClient> clients = new ArrayList<>();
        /** When each event was sent, in milliseconds. */
        private final Map<String, Long> sent = new HashMap<>();
        private int names;

        Run(long seed) {
            random = new Random(seed);
            maxWait = seed % 3 == 0 ? Duration.ofMillis(60) : Duration.ZERO;
            redis = new SimulatedRedis(random, time, this::disconnectElsewhere);
            for (int i = 0; i < 3; i++) {
                startServer();
            }
            time.advance(Duration.ofMillis(100), () -> {});
            for (int i = 0; i < 6; i++) {
                var client = new SimulatedClient("c" + i, i % 2 == 0 ? Set.of("red") : Set.of("blue"), time);
                clients.add(client);
                client.connect(any());
            }
        }

        private void startServer() {
            servers.add(new SimulatedServer("s" + names++, redis, time, random, maxWait));
        }

        private SimulatedServer any() {
            return servers.get(random.nextInt(servers.size()));
        }

        private void disconnectElsewhere(String of) {
            int space = of.indexOf(' ');
            String by = of.substring(0, space);
            servers.stream()
                    .filter(server -> !server.name.equals(by) && !server.link.off)
                    .forEach(server -> server.takeover(of.substring(space + 1)));
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
                time.advance(Duration.ofMillis(random.nextInt(60)), () -> {});
            }
            servers.forEach(server -> server.link.cut(false));
            clients.stream().filter(client -> !client.connected()).forEach(client -> {
                client.lose(0);
                client.connect(any());
            });
            time.advance(Duration.ofSeconds(15), () -> {});
            check();
        }

        private void step() {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> {
                    var client = clients.get(random.nextInt(clients.size()));
                    client.lose(random.nextInt(300));
                    time.after(Duration.ofMillis(random.nextInt(400)), () -> {
                        if (client.server == null) {
                            client.connect(any());
                        }
                    });
                }
                case 4 -> any().link.cut(random.nextInt(3) == 0);
                case 5 -> {
                    if (random.nextInt(3) == 0) {
                        kill(any());
                    }
                }
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        redis.freeze(Duration.ofMillis(random.nextInt(2_000)));
                    }
                }
                case 7 -> {
                    if (random.nextInt(6) == 0 && allHaveReadTheLog()) {
                        redis.restart();
                    }
                }
                default -> broadcast(any());
            }
        }

        /** A server that is cut off when Redis loses its data never learns which of its broadcasts others have read; decision 0026. */
        private boolean allHaveReadTheLog() {
            return servers.stream()
                    .allMatch(server -> !server.link.off && server.hasRead(redis.entries.getLast().id()));
        }

        private void broadcast(SimulatedServer server) {
            var options = switch (random.nextInt(4)) {
                case 0 -> BroadcastOptions.room("red");
                case 1 -> new BroadcastOptions(Set.of(), Set.of("red"), false, false, true);
                default -> BroadcastOptions.ALL;
            };
            sent.put(server.broadcast(options), time.now());
        }

        private void kill(SimulatedServer server) {
            servers.remove(server);
            server.kill();
            startServer();
            for (SimulatedClient client : clients) {
                if (client.server == server) {
                    client.lose(0);
                    time.after(Duration.ofMillis(100 + random.nextInt(300)), () -> {
                        if (client.server == null) {
                            client.connect(any());
                        }
                    });
                }
            }
        }

        /** Checks the events that the log has; those of a log that was lost with Redis may have reached some clients only. */
        private void check() {
            for (var entry : redis.entries) {
                entry.message().ifPresent(message -> clients.forEach(client -> {
                    String event = message.event().name();
                    var rooms = client.rooms;
                    if (sent.getOrDefault(event, 0L) > client.since && message.options().meets(rooms)) {
                        assertThat(client.received).as("%s has %s", client.name, event).contains(event);
                    } else if (!message.options().meets(rooms)
                            || (entry.id().millis() < client.since - CERTAIN_MILLIS && !client.recovered)) {
                        assertThat(client.received).as("%s began anew after %s", client.name, event)
                                .doesNotContain(event);
                    }
                }));
            }
            servers.forEach(server -> assertThat(server.hasRead(redis.entries.getLast().id())).isTrue());
        }

        int recoveries() {
            return clients.stream().mapToInt(client -> client.recoveries).sum();
        }
    }
}
