package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Servers with clients, a network with faults and a clock, all driven by a seed: messages are lost and delayed, responses come twice, servers
 * are cut off, killed and replaced. What must always hold is checked after each step, and after the faults everything works again. A failure
 * names its seed; {@code -Dparley.seeds=N} runs more of them.
 */
class ClusterSimulationTest {
    private static final AdapterLimits LIMITS = new AdapterLimits(Duration.ofSeconds(2), 20,
            Duration.ofSeconds(5));
    private static final List<String> ROOMS = List.of("red", "green", "blue", "white");
    private static final int STEPS = 120;

    @Test
    void whatMustHoldHoldsForManySeeds() {
        long seeds = Long.getLong("parley.seeds", 400);
        for (long seed = 0; seed < seeds; seed++) {
            try {
                new Run(seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static final class Run {
        private final Random random;
        private final VirtualTime time = new VirtualTime();
        private final SimulatedNetwork network;
        private final Map<String, Server> servers = new LinkedHashMap<>();
        private final List<CheckedCollector> collectors = new ArrayList<>();
        private final List<Fetch> fetches = new ArrayList<>();
        private int names;

        Run(long seed) {
            random = new Random(seed);
            network = new SimulatedNetwork(random, time, seed % 2 == 0);
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                startServer();
            }
        }

        void play() {
            network.faults = true;
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
                time.advance(Duration.ofMillis(random.nextInt(30)), this::check);
            }
            network.faults = false;
            servers.values().forEach(server -> network.cut(server.name, false));
            time.advance(Duration.ofSeconds(20), this::check);
            assertThat(fetches).allMatch(fetch -> fetch.sockets.isDone());
            servers.values().forEach(server -> assertThat(server.adapter.pendingRequests()).isZero());
            everythingWorks();
        }

        private void step() {
            var server = any();
            switch (random.nextInt(14)) {
                case 0, 1, 2, 3 -> broadcast(server, options());
                case 4 -> server.adapter.addSockets(options(), rooms());
                case 5 -> server.adapter.delSockets(options(), rooms());
                case 6 -> fetches.add(
                        new Fetch(server.adapter.fetchSockets(options()).toCompletableFuture(), time.now()));
                case 7 -> call(server, options());
                case 8 -> serverCall(server);
                case 9 -> server.host.connect("c" + names++, rooms());
                case 10 -> server.host.clients.keySet().stream().findAny().ifPresent(server.host::disconnect);
                case 11 -> network.cut(server.name, random.nextBoolean());
                case 12 -> {
                    if (random.nextInt(4) == 0) {
                        servers.remove(server.name);
                        network.kill(server.name);
                        time.after(Duration.ofMillis(random.nextInt(1_000)),
                                () -> servers.values().forEach(each -> each.peers.left(server.name)));
                        startServer();
                    }
                }
                default -> server.adapter.disconnectSockets(
                        BroadcastOptions.room("c" + random.nextInt(Math.max(1, names))),
                        random.nextBoolean());
            }
        }

        private Server any() {
            return List.copyOf(servers.values()).get(random.nextInt(servers.size()));
        }

        private void startServer() {
            var server = new Server("s" + names++);
            servers.values().forEach(each -> {
                each.peers.names.add(server.name);
                server.peers.names.add(each.name);
            });
            servers.put(server.name, server);
            for (int i = 0; i < 2; i++) {
                server.host.connect("c" + names++, rooms());
            }
        }

        private Set<String> rooms() {
            var some = new HashSet<String>();
            ROOMS.stream().filter(room -> random.nextInt(3) == 0).forEach(some::add);
            return some;
        }

        private BroadcastOptions options() {
            return new BroadcastOptions(rooms(), random.nextInt(3) == 0 ? rooms() : Set.of(),
                    random.nextInt(5) == 0, random.nextBoolean(), true);
        }

        /** Clients of the server itself have the event when the call returns, whatever the network does. */
        private String broadcast(Server server, BroadcastOptions options) {
            String name = server.name + ":" + server.sent++;
            server.adapter.broadcast(Arguments.of("[\"" + name + "\"]"), options);
            server.host.clients.values()
                    .stream()
                    .filter(client -> options.meets(server.adapter.socketRooms(client.id())))
                    .forEach(client -> assertThat(client.received).contains(name));
            return name;
        }

        private CheckedCollector call(Server server, BroadcastOptions options) {
            var collector = new CheckedCollector();
            collectors.add(collector);
            server.adapter.broadcastWithAck(Arguments.of("[\"q\"]"), options, Duration.ofSeconds(3),
                    collector);
            return collector;
        }

        private void serverCall(Server server) {
            server.adapter.serverSideEmit(Arguments.of("[\"q\"]"), Duration.ofSeconds(3),
                    new CheckedReplies());
        }

        private void check() {
            collectors.forEach(CheckedCollector::check);
            servers.values()
                    .forEach(server -> assertThat(server.adapter.pendingRequests())
                            .isLessThanOrEqualTo(LIMITS.maxPendingRequests()));
            for (Fetch fetch : fetches) {
                boolean done = fetch.sockets.isDone();
                assertThat(done || time.now() - fetch.since <= LIMITS.requestTimeout().toMillis())
                        .as("a fetch ends in time")
                        .isTrue();
                if (done && !fetch.sockets.isCompletedExceptionally()) {
                    assertThat(fetch.sockets.join()).extracting(SocketDescription::id)
                            .doesNotHaveDuplicates();
                }
            }
            fetches.removeIf(fetch -> fetch.sockets.isDone());
        }

        private void everythingWorks() {
            for (Server server : servers.values()) {
                String name = broadcast(server, BroadcastOptions.ALL);
                var fetch = server.adapter.fetchSockets(BroadcastOptions.ALL).toCompletableFuture();
                var call = call(server, BroadcastOptions.ALL);
                time.advance(Duration.ofSeconds(10), this::check);
                var all = new HashSet<String>();
                servers.values().forEach(each -> each.host.clients.forEach((id, client) -> {
                    all.add(id);
                    assertThat(client.received).contains(name);
                }));
                assertThat(fetch.join()).extracting(SocketDescription::id)
                        .containsExactlyInAnyOrderElementsOf(all);
                assertThat(call.servers).isEqualTo(servers.size());
                assertThat(call.reports).isEqualTo(servers.size());
                assertThat(call.expected).isEqualTo(all.size());
                assertThat(server.adapter.pendingRequests()).isZero();
            }
        }

        private record Fetch(CompletableFuture<List<SocketDescription>> sockets, long since) {}

        private final class Server {
            private final String name;
            private final SimulatedHost host = new SimulatedHost(time, random);
            private final KnownPeers peers = new KnownPeers();
            private final ClusterAdapter adapter;
            private int sent;

            Server(String name) {
                this.name = name;
                adapter = new ClusterAdapter(host, (namespace, receiver) -> network.open(name, receiver),
                        LIMITS, time, () -> name + "/" + names++, Optional.empty(),
                        network.named() ? peers : Peers.UNKNOWN);
                host.adapter = adapter;
            }
        }

        /** Each server knows of all, and of deaths later. */
        private static final class KnownPeers implements Peers {
            private final Set<String> names = new HashSet<>();
            private Consumer<String> listener = peer -> {};

            @Override
            public Set<String> names() {
                return Set.copyOf(names);
            }

            @Override
            public Runnable onLeft(Consumer<String> listener) {
                this.listener = listener;
                return () -> {};
            }

            void left(String peer) {
                if (names.remove(peer)) {
                    listener.accept(peer);
                }
            }
        }
    }
}
