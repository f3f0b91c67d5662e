package dev.parley.cluster.recovery;

import dev.parley.cluster.core.AdapterLimits;
import dev.parley.cluster.core.Broker;
import dev.parley.cluster.core.ClusterAdapter;
import dev.parley.cluster.core.LogEntry;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.Peers;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.core.VirtualTime;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.LocalSocket;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.PreparedEvent;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One server with connection state recovery, whose sockets lead to simulated clients. Not thread-safe. */
final class SimulatedServer implements AdapterHost {
    static final RecoveryOptions OPTIONS = RecoveryOptions.within(Duration.ofSeconds(20)).withMaxEvents(30);

    final String name;
    final SimulatedRedis.Link link;
    final ClusterAdapter adapter;
    final Map<String, SimSocket> sockets = new HashMap<>();
    boolean alive = true;
    private final VirtualTime time;
    private final Random random;
    private final SimulatedRedis redis;
    private Broker.@Nullable Receiver receiver;
    private LogId position;
    private int sent;

    SimulatedServer(String name, SimulatedRedis redis, VirtualTime time, Random random, Duration maxWait) {
        this.name = name;
        this.redis = redis;
        this.time = time;
        this.random = random;
        this.link = redis.connect(name);
        this.position = redis.entries.getLast().id();
        this.adapter = new ClusterAdapter(this, (namespace, to) -> {
            receiver = to;
            return new LogBroker();
        }, AdapterLimits.defaults(), time, () -> "r", Optional.of(LoggedRecovery.waiting(maxWait)),
                Peers.UNKNOWN);
        poll();
    }

    /** Sends an event, whose name says the server and counts its events. Returns the name. */
    String broadcast(BroadcastOptions options) {
        String event = name + ":" + sent++;
        adapter.broadcast(Arguments.of("[\"" + event + "\"]"), options);
        return event;
    }

    private void poll() {
        time.at(time.now() + 1 + random.nextInt(30), () -> {
            if (alive) {
                if (!link.off && !redis.isFrozen()) {
                    readLog();
                }
                poll();
            }
        });
    }

    private void readLog() {
        LogId after = position;
        for (var entry : List.copyOf(redis.entries)) {
            if (entry.id().isAfter(after)) {
                position = entry.id();
                receiver().logged(entry.read());
            }
        }
    }

    private Broker.Receiver receiver() {
        return Objects.requireNonNull(receiver);
    }

    void takeover(String sid) {
        receiver().received("other", RecoveryLog.takeover(sid));
    }

    boolean hasRead(LogId id) {
        return !id.isAfter(position);
    }

    void kill() {
        alive = false;
        link.killed = true;
        sockets.values().forEach(socket -> socket.open = false);
    }

    SimSocket connect(String id, String pid, Consumer<String> client) {
        var socket = new SimSocket(id, pid, client);
        sockets.put(id, socket);
        adapter.addAll(id, Set.of(id));
        return socket;
    }

    /** The server notices that the client of a socket is lost. */
    void lost(SimSocket socket) {
        if (alive && socket.open) {
            end(socket);
            adapter.persistSession(new PersistedSession(socket.id, socket.pid, socket.last, Map.of()));
        }
    }

    private void end(SimSocket socket) {
        if (socket.open) {
            socket.open = false;
            socket.last = adapter.socketRooms(socket.id);
            adapter.delAll(socket.id);
            sockets.remove(socket.id, socket);
        }
    }

    @Override
    public String name() {
        return "/";
    }

    @Override
    public Optional<SimSocket> find(String id) {
        return Optional.ofNullable(sockets.get(id));
    }

    @Override
    public Collection<SimSocket> all() {
        return sockets.values();
    }

    @Override
    public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
        return new PreparedEvent(event, List.of(), options.isVolatile());
    }

    @Override
    public Optional<RecoveryOptions> recovery() {
        return Optional.of(OPTIONS);
    }

    @Override
    public InstantSource clock() {
        return time;
    }

    @Override
    public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {}

    /** A socket of this server. */
    final class SimSocket implements LocalSocket {
        final String id;
        final String pid;
        private final Consumer<String> client;
        private final List<String> held = new ArrayList<>();
        private Set<String> last = Set.of();
        private long lastArrival;
        boolean open = true;
        boolean holding;

        SimSocket(String id, String pid, Consumer<String> client) {
            this.id = id;
            this.pid = pid;
            this.client = client;
        }

        /** Sends what was held back, behind what the client missed. */
        void release(List<String> missed) {
            missed.forEach(this::send);
            held.forEach(this::send);
            holding = false;
        }

        private void send(String json) {
            lastArrival = Math.max(lastArrival, time.now() + random.nextInt(10));
            time.at(lastArrival, () -> {
                if (alive) {
                    client.accept(json);
                }
            });
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public SocketDescription describe() {
            return new SocketDescription(id, "{}", adapter.socketRooms(id), Map.of());
        }

        @Override
        public Optional<PersistedSession> session() {
            return Optional.of(new PersistedSession(id, pid, adapter.socketRooms(id), Map.of()));
        }

        @Override
        public void deliver(PreparedEvent event) {
            if (holding) {
                held.add(event.event().json());
            } else {
                send(event.event().json());
            }
        }

        @Override
        public void ask(Arguments event, Duration timeout, AckCollector collector) {}

        @Override
        public void enter(Set<String> rooms) {
            adapter.addAll(id, rooms);
        }

        @Override
        public void exit(Set<String> rooms) {}

        @Override
        public void expel(boolean closeConnection) {
            time.at(time.now() + random.nextInt(5), () -> end(this));
        }
    }

    private final class LogBroker implements Broker {
        @Override
        public void start() {
            receiver().logged(new LogEntry(position, "", 0, Optional::empty));
        }

        @Override
        public void send(ClusterMessage message) {}

        @Override
        public CompletionStage<Integer> ask(ClusterMessage.Request request) {
            return CompletableFuture.completedStage(0);
        }

        @Override
        public void respond(String to, ClusterMessage.Response response) {}

        @Override
        public Optional<RecoveryLog> recoveryLog() {
            return Optional.of(link);
        }

        @Override
        public int serverCount() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
