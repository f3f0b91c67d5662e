package dev.parley.cluster.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A namespace on one simulated server, whose sockets check what they are given. Not thread-safe. */
final class SimulatedHost implements AdapterHost {
    final Map<String, Client> clients = new LinkedHashMap<>();
    final List<String> serverEvents = new ArrayList<>();
    private final VirtualTime time;
    private final Random random;
    @Nullable Adapter adapter;

    SimulatedHost(VirtualTime time, Random random) {
        this.time = time;
        this.random = random;
    }

    Client connect(String id, Set<String> rooms) {
        var client = new Client(id);
        clients.put(id, client);
        adapter().addAll(id, Set.of(id));
        adapter().addAll(id, rooms);
        return client;
    }

    void disconnect(String id) {
        clients.remove(id);
        adapter().delAll(id);
    }

    Adapter adapter() {
        if (adapter == null) {
            throw new IllegalStateException("no adapter yet");
        }
        return adapter;
    }

    @Override
    public String name() {
        return "/";
    }

    @Override
    public Optional<Client> find(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    @Override
    public Collection<Client> all() {
        return clients.values();
    }

    @Override
    public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
        for (Client client : clients.values()) {
            client.meant = options.meets(adapter().socketRooms(client.id));
        }
        return new PreparedEvent(event, List.of(), options.isVolatile());
    }

    @Override
    public Optional<RecoveryOptions> recovery() {
        return Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return time;
    }

    @Override
    public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {
        serverEvents.add(event.json());
        if (random.nextInt(4) > 0) {
            time.after(Duration.ofMillis(random.nextInt(100)),
                    () -> answer.accept(Arguments.of("[\"yes\"]")));
        }
    }

    /** A socket, and what it received: for each sender the number of its last broadcast, since they come in order. */
    final class Client implements LocalSocket {
        final List<String> received = new ArrayList<>();
        private final Map<String, Integer> lastOf = new HashMap<>();
        private final String id;
        private boolean meant;

        Client(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public SocketDescription describe() {
            return new SocketDescription(id, "{}", adapter().socketRooms(id), Map.of());
        }

        /** Checks that the socket is meant, gets the event once, and in the order of its sender: names are {@code SENDER:NUMBER}. */
        @Override
        public void deliver(PreparedEvent event) {
            assertThat(meant).as("%s is in a room of %s", id, event.event().json()).isTrue();
            String name = event.event().name();
            int colon = name.indexOf(':');
            int number = Integer.parseInt(name.substring(colon + 1));
            Integer before = lastOf.put(name.substring(0, colon), number);
            assertThat(before == null ? -1 : before).as("%s to %s once and in order", name, id)
                    .isLessThan(number);
            received.add(name);
        }

        @Override
        public void ask(Arguments event, Duration timeout, AckCollector collector) {
            if (random.nextInt(5) > 0) {
                time.after(Duration.ofMillis(random.nextInt(200)),
                        () -> collector.answered(Arguments.of("[\"" + id + "\"]")));
            } else {
                time.after(timeout, collector::unanswered);
            }
        }

        @Override
        public void enter(Set<String> rooms) {
            adapter().addAll(id, rooms);
        }

        @Override
        public void exit(Set<String> rooms) {
            rooms.forEach(room -> adapter().del(id, room));
        }

        @Override
        public void expel(boolean closeConnection) {
            disconnect(id);
        }
    }
}
