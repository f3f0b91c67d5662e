package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The adapter of a server that stands alone. Everything it is asked is done before the call returns. */
public final class InMemoryAdapter implements Adapter {
    private final AdapterHost host;
    private final Rooms rooms = new Rooms();
    private final Optional<SessionStore> store;
    /** Numbers and hands out events in one order, when lost clients may come back. The sockets' locks are taken under it. */
    private final ReentrantLock order = new ReentrantLock();

    /** The adapter of one namespace. */
    public InMemoryAdapter(AdapterHost host) {
        this.host = host;
        this.store = host.recovery().map(options -> new SessionStore(options, host.clock()));
    }

    @Override
    public int serverCount() {
        return 1;
    }

    @Override
    public void close() {}

    @Override
    public void addListener(RoomListener listener) {
        rooms.listen(listener);
    }

    @Override
    public void addAll(String id, Set<String> names) {
        rooms.add(id, names);
    }

    @Override
    public void del(String id, String room) {
        rooms.remove(id, room);
    }

    @Override
    public void delAll(String id) {
        rooms.removeAll(id);
    }

    @Override
    public void broadcast(Arguments event, BroadcastOptions options) {
        if (store.isEmpty() || options.isVolatile()) {
            deliver(event, options);
            return;
        }
        order.lock();
        try {
            deliver(store.get().keep(event, options), options);
        } finally {
            order.unlock();
        }
    }

    private void deliver(Arguments event, BroadcastOptions options) {
        var prepared = host.prepare(event, options);
        each(options, socket -> socket.deliver(prepared));
    }

    @Override
    public void broadcastWithAck(Arguments event, BroadcastOptions options, Duration timeout,
            AckCollector collector) {
        var asked = new ArrayList<LocalSocket>();
        each(options, asked::add);
        collector.servers(1);
        collector.expect(asked.size());
        asked.forEach(socket -> socket.ask(event, timeout, collector));
    }

    @Override
    public Set<String> sockets(Set<String> names) {
        var ids = new HashSet<String>();
        rooms.each(names, Set.of(), ids::add);
        return ids;
    }

    @Override
    public Set<String> socketRooms(String id) {
        return rooms.of(id);
    }

    @Override
    public Set<String> rooms() {
        return rooms.names();
    }

    /** Whether a room has a member on this server. */
    public boolean hasRoom(String room) {
        return rooms.has(room);
    }

    @Override
    public CompletionStage<List<SocketDescription>> fetchSockets(BroadcastOptions options) {
        var found = new ArrayList<SocketDescription>();
        each(options, socket -> found.add(socket.describe()));
        return CompletableFuture.completedStage(found);
    }

    @Override
    public void addSockets(BroadcastOptions options, Set<String> names) {
        each(options, socket -> socket.enter(names));
    }

    @Override
    public void delSockets(BroadcastOptions options, Set<String> names) {
        each(options, socket -> socket.exit(names));
    }

    @Override
    public void disconnectSockets(BroadcastOptions options, boolean close) {
        each(options, socket -> socket.expel(close));
    }

    /** Does nothing: there are no other servers. */
    @Override
    public void serverSideEmit(Arguments event) {}

    /** Tells at once that nobody was asked. */
    @Override
    public void serverSideEmit(Arguments event, Duration timeout, AckCollector collector) {
        collector.expect(0);
    }

    @Override
    public void persistSession(PersistedSession session) {
        order.lock();
        try {
            store.ifPresent(kept -> kept.persist(session));
        } finally {
            order.unlock();
        }
    }

    @Override
    public CompletionStage<Boolean> restoreSession(String pid, String offset,
            Consumer<RestoredSession> resume) {
        order.lock();
        try {
            var restored = store.flatMap(kept -> kept.restore(pid, offset));
            restored.ifPresent(resume);
            return CompletableFuture.completedStage(restored.isPresent());
        } finally {
            order.unlock();
        }
    }

    private void each(BroadcastOptions options, Consumer<LocalSocket> action) {
        rooms.each(options.rooms(), options.except(), id -> host.find(id).ifPresent(action));
    }
}
