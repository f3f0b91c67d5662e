package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.AckCollector;
import dev.parley.server.adapter.Adapter;
import dev.parley.server.adapter.AdapterHost;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.InMemoryAdapter;
import dev.parley.server.adapter.PersistedSession;
import dev.parley.server.adapter.RestoredSession;
import dev.parley.server.adapter.RoomListener;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The rooms of one namespace on several servers, above a {@link Broker}. Sockets of this server are reached at once and without the broker;
 * an adapter whose broker cannot send remains usable for them. Safe from any thread; no method blocks.
 */
public final class ClusterAdapter implements Adapter {
    private final InMemoryAdapter local;
    private final RemoteRequests remote;
    private final PendingRequests pending;
    private final AdapterLimits limits;
    private final Supplier<String> requestIds;
    private final Broker broker;
    private final Optional<RecoveryLog> log;
    private final Newcomers newcomers = new Newcomers();
    private final Optional<Recovery> recovery;
    private final Runnable forgetPeers;

    /**
     * Opens the broker of a namespace, whose lost clients are not recovered, and whose other servers are not known.
     *
     * @param requestIds gives names for requests, unique in the cluster
     */
    public ClusterAdapter(AdapterHost host, Broker.Factory brokers, AdapterLimits limits, Timeouts timeouts,
            Supplier<String> requestIds) {
        this(host, brokers, limits, timeouts, requestIds, Optional.empty(), Peers.UNKNOWN);
    }

    /**
     * Opens the broker of a namespace.
     *
     * @param requestIds gives names for requests, unique in the cluster
     * @param recoveries recovers lost clients, if the broker has a log and the namespace's options have recovery on
     * @param peers      whose responses are not waited for after their death; the broker must name the senders of responses
     */
    public ClusterAdapter(AdapterHost host, Broker.Factory brokers, AdapterLimits limits, Timeouts timeouts,
            Supplier<String> requestIds, Optional<Recovery.Factory> recoveries, Peers peers) {
        this.local = new InMemoryAdapter(new LocalHost(host));
        this.remote = new RemoteRequests(host, local, limits);
        this.pending = new PendingRequests(limits.maxPendingRequests(), timeouts, peers);
        this.forgetPeers = peers.onLeft(pending::left);
        this.limits = limits;
        this.requestIds = requestIds;
        this.broker = brokers.open(host.name(), new FromOthers());
        this.log = broker.recoveryLog();
        this.recovery = host.recovery().isEmpty() ? Optional.empty()
                : log.flatMap(kept -> recoveries.map(factory -> factory.create(host, kept, local, timeouts)));
        broker.start();
        local.addListener(new RoomListener() {
            @Override
            public void created(String room) {
                broker.roomCreated(room);
            }

            @Override
            public void deleted(String room) {
                broker.roomDeleted(room);
            }
        });
    }

    @Override
    public int serverCount() {
        return broker.serverCount();
    }

    /** Returns the number of requests that wait for other servers. */
    public int pendingRequests() {
        return pending.size();
    }

    @Override
    public void close() {
        forgetPeers.run();
        broker.close();
        pending.close();
        recovery.ifPresent(Recovery::close);
    }

    @Override
    public void broadcast(Arguments event, BroadcastOptions options) {
        if (recovery.isPresent() && !options.isVolatile()) {
            recovery.get().broadcast(event, options);
            return;
        }
        if (!options.local()) {
            broker.send(new ClusterMessage.Broadcast(event, options));
        }
        local.broadcast(event, options);
    }

    @Override
    public void broadcastWithAck(Arguments event, BroadcastOptions options, Duration timeout,
            AckCollector collector) {
        if (options.local()) {
            local.broadcastWithAck(event, options, timeout, collector);
            return;
        }
        pending.ask(broker, new ClusterMessage.Call(requestIds.get(), event, options, Optional.of(timeout)),
                timeout, new PendingCall(collector));
        local.broadcastWithAck(event, options, timeout, new WithoutServers(collector));
    }

    @Override
    public CompletionStage<List<SocketDescription>> fetchSockets(BroadcastOptions options) {
        var here = local.fetchSockets(options);
        return options.local() ? here : here.thenCompose(sockets -> fetch(options, sockets));
    }

    private CompletableFuture<List<SocketDescription>> fetch(BroadcastOptions options,
            List<SocketDescription> here) {
        var fetch = new PendingFetch(here);
        pending.ask(broker, new ClusterMessage.FetchSockets(requestIds.get(), options),
                limits.requestTimeout(), fetch);
        return fetch.result();
    }

    @Override
    public void addSockets(BroadcastOptions options, Set<String> rooms) {
        if (!options.local()) {
            broker.send(new ClusterMessage.Join(options, rooms));
        }
        local.addSockets(options, rooms);
    }

    @Override
    public void delSockets(BroadcastOptions options, Set<String> rooms) {
        if (!options.local()) {
            broker.send(new ClusterMessage.Leave(options, rooms));
        }
        local.delSockets(options, rooms);
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        if (!options.local()) {
            broker.send(new ClusterMessage.Disconnect(options, close));
        }
        local.disconnectSockets(options, close);
    }

    @Override
    public void serverSideEmit(Arguments event) {
        broker.send(new ClusterMessage.ServerEvent(event));
    }

    @Override
    public void serverSideEmit(Arguments event, Duration timeout, AckCollector collector) {
        pending.ask(broker, new ClusterMessage.ServerCall(requestIds.get(), event), timeout,
                new PendingServerCall(collector));
    }

    @Override
    public void addListener(RoomListener listener) {
        local.addListener(listener);
    }

    @Override
    public void addAll(String id, Set<String> rooms) {
        if (log.isPresent() && local.socketRooms(id).isEmpty()) {
            newcomers.joined(id, log.get().millis());
        }
        local.addAll(id, rooms);
        recovery.ifPresent(kept -> kept.changed(id));
    }

    @Override
    public void del(String id, String room) {
        local.del(id, room);
        recovery.ifPresent(kept -> kept.changed(id));
    }

    @Override
    public void delAll(String id) {
        local.delAll(id);
        newcomers.left(id);
        recovery.ifPresent(kept -> kept.left(id));
    }

    @Override
    public Set<String> sockets(Set<String> rooms) {
        return local.sockets(rooms);
    }

    @Override
    public Set<String> socketRooms(String id) {
        return local.socketRooms(id);
    }

    @Override
    public Set<String> rooms() {
        return local.rooms();
    }

    @Override
    public void persistSession(PersistedSession session) {
        recovery.ifPresent(kept -> kept.persist(session));
    }

    @Override
    public CompletionStage<Boolean> restoreSession(String pid, String offset,
            Consumer<RestoredSession> resume) {
        return recovery.isPresent()
                ? recovery.get()
                        .restore(pid, offset,
                                restored -> newcomers.restore(restored.session().sid(),
                                        () -> resume.accept(restored)))
                : CompletableFuture.completedStage(false);
    }

    @Override
    public void beginAnew(String id, String offset) {
        recovery.ifPresent(kept -> kept.beginAnew(id, offset));
    }

    private final class FromOthers implements Broker.Receiver {
        @Override
        public void received(String sender, ClusterMessage message) {
            if (message instanceof ClusterMessage.Response response) {
                pending.responded(sender, response);
            } else if (recovery.isEmpty() || !recovery.get().ignores(message)) {
                remote.handle(broker, sender, message);
            }
        }

        @Override
        public void logged(LogEntry entry) {
            var newer = newcomers.after(entry.id(), log.map(RecoveryLog::millis).orElse(0L));
            if (recovery.isPresent()) {
                recovery.get().read(entry, newer, message -> read(entry, newer, message));
            } else if (!entry.sender().equals(log.map(RecoveryLog::uid).orElse(""))) {
                entry.message().get().ifPresent(message -> read(entry, newer, message));
            }
        }

        @Override
        public void missed() {
            recovery.ifPresent(Recovery::missed);
        }

        private void read(LogEntry entry, Set<String> newer, ClusterMessage message) {
            received(entry.sender(),
                    message instanceof ClusterMessage.Broadcast broadcast
                            ? new ClusterMessage.Broadcast(broadcast.event(),
                                    Newcomers.without(newer, broadcast.options()))
                            : message);
        }

        @Override
        public boolean hasRoom(String room) {
            return local.hasRoom(room);
        }
    }

    /** The collector without the number of servers, which the request to the others says. */
    private record WithoutServers(AckCollector collector) implements AckCollector {
        @Override
        public void servers(int count) {}

        @Override
        public void expect(int clients) {
            collector.expect(clients);
        }

        @Override
        public void answered(Arguments reply) {
            collector.answered(reply);
        }

        @Override
        public void unanswered() {
            collector.unanswered();
        }
    }
}
