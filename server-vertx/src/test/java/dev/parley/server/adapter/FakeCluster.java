package dev.parley.server.adapter;

import dev.parley.protocol.socket.Arguments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Several servers as one, with a log and letters in place of a broker: shows that the adapter contract is enough for a cluster. Each node
 * has a thread of its own, reads the log in order, and hands to others nothing but values. Nothing here is bounded: tests are short.
 */
public final class FakeCluster implements AutoCloseable {
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();

    /** The adapter of one namespace on one server. */
    public Adapter adapter(AdapterHost host) {
        var topic = topics.computeIfAbsent(host.name(), name -> new Topic());
        var node = new Node(host, topic);
        topic.nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        topics.values().forEach(topic -> topic.nodes.forEach(node -> node.thread.shutdownNow()));
    }

    /** The state of one namespace that the servers share. */
    private static final class Topic {
        private final List<Node> nodes = new CopyOnWriteArrayList<>();
        private final List<Sent> log = new ArrayList<>();
        private final Map<String, PersistedSession> lost = new ConcurrentHashMap<>();

        synchronized void append(Arguments event, BroadcastOptions options, boolean numbered) {
            String json = event.json();
            var kept = !numbered ? event
                    : new Arguments(json.substring(0, json.length() - 1) + ",\"" + (log.size() + 1) + "\"]",
                            event.attachments());
            log.add(new Sent(kept, options));
        }

        synchronized List<Sent> between(int from, int to) {
            return List.copyOf(log.subList(from, to));
        }

        synchronized int size() {
            return log.size();
        }
    }

    private record Sent(Arguments event, BroadcastOptions options) {}

    /** One server's part. Its own sockets and rooms are an {@link InMemoryAdapter}'s. */
    private static final class Node implements Adapter {
        private final AdapterHost host;
        private final Topic topic;
        private final InMemoryAdapter local;
        // A message to a server that has left is dropped.
        private final ExecutorService thread = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), Thread.ofVirtual().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        private int read;

        Node(AdapterHost host, Topic topic) {
            this.host = host;
            this.topic = topic;
            this.local = new InMemoryAdapter(new Forgetful(host));
            this.read = topic.size();
        }

        private void others(Consumer<Node> letter) {
            topic.nodes.stream()
                    .filter(node -> node != this)
                    .forEach(node -> node.thread.execute(() -> letter.accept(node)));
        }

        private void everyone(BroadcastOptions options, Consumer<Node> letter) {
            letter.accept(this);
            if (!options.local()) {
                others(letter);
            }
        }

        private void catchUp() {
            int end = topic.size();
            topic.between(read, end).forEach(sent -> local.broadcast(sent.event, sent.options));
            read = end;
        }

        @Override
        public void broadcast(Arguments event, BroadcastOptions options) {
            if (options.local() || options.isVolatile()) {
                everyone(options, node -> node.local.broadcast(event, options));
            } else {
                topic.append(event, options, host.recovery().isPresent());
                topic.nodes.forEach(node -> node.thread.execute(node::catchUp));
            }
        }

        @Override
        public void broadcastWithAck(Arguments event, BroadcastOptions options, Duration timeout,
                AckCollector collector) {
            collector.servers(options.local() ? 1 : topic.nodes.size());
            everyone(options,
                    node -> node.local.broadcastWithAck(event, options, timeout, new AckCollector() {
                        @Override
                        public void servers(int count) {}

                        @Override
                        public void expect(int clients) {
                            thread.execute(() -> collector.expect(clients));
                        }

                        @Override
                        public void answered(Arguments reply) {
                            thread.execute(() -> collector.answered(reply));
                        }

                        @Override
                        public void unanswered() {
                            thread.execute(collector::unanswered);
                        }
                    }));
        }

        @Override
        public CompletionStage<List<SocketDescription>> fetchSockets(BroadcastOptions options) {
            var parts = new ArrayList<CompletableFuture<List<SocketDescription>>>();
            parts.add(local.fetchSockets(options).toCompletableFuture());
            if (!options.local()) {
                topic.nodes.stream()
                        .filter(node -> node != this)
                        .forEach(node -> parts.add(CompletableFuture.supplyAsync(
                                () -> node.local.fetchSockets(options).toCompletableFuture().join(),
                                node.thread)));
            }
            CompletableFuture<List<SocketDescription>> all = CompletableFuture.completedFuture(List.of());
            for (var part : parts) {
                all = all.thenCombine(part,
                        (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
            }
            return all;
        }

        @Override
        public void addSockets(BroadcastOptions options, Set<String> rooms) {
            everyone(options, node -> node.local.addSockets(options, rooms));
        }

        @Override
        public void delSockets(BroadcastOptions options, Set<String> rooms) {
            everyone(options, node -> node.local.delSockets(options, rooms));
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean close) {
            everyone(options, node -> node.local.disconnectSockets(options, close));
        }

        @Override
        public void serverSideEmit(Arguments event) {
            others(node -> node.host.serverSideEvent(event, answer -> {}));
        }

        @Override
        public void serverSideEmit(Arguments event, Duration timeout, AckCollector collector) {
            collector.expect(topic.nodes.size() - 1);
            others(node -> node.host.serverSideEvent(event,
                    answer -> thread.execute(() -> collector.answered(answer))));
        }

        @Override
        public void persistSession(PersistedSession session) {
            topic.lost.put(session.pid(), session);
        }

        @Override
        public CompletionStage<Boolean> restoreSession(String pid, String offset,
                Consumer<RestoredSession> resume) {
            // On the thread that reads the log: what is read afterwards is delivered, what was read before is made up for.
            return CompletableFuture.supplyAsync(() -> {
                var session = topic.lost.remove(pid);
                if (session == null) {
                    return false;
                }
                var missed = topic.between(Integer.parseInt(offset), read)
                        .stream()
                        .filter(sent -> sent.options.meets(session.rooms()))
                        .map(Sent::event)
                        .toList();
                resume.accept(new RestoredSession(session, missed));
                return true;
            }, thread);
        }

        @Override
        public int serverCount() {
            return topic.nodes.size();
        }

        @Override
        public void close() {
            topic.nodes.remove(this);
            thread.shutdown();
        }

        @Override
        public void addListener(RoomListener listener) {
            local.addListener(listener);
        }

        @Override
        public void addAll(String id, Set<String> rooms) {
            local.addAll(id, rooms);
        }

        @Override
        public void del(String id, String room) {
            local.del(id, room);
        }

        @Override
        public void delAll(String id) {
            local.delAll(id);
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
    }

    /** The host without its memory: the log is the cluster's, not the node's. */
    private record Forgetful(AdapterHost host) implements AdapterHost {
        @Override
        public String name() {
            return host.name();
        }

        @Override
        public Optional<? extends LocalSocket> find(String id) {
            return host.find(id);
        }

        @Override
        public Collection<? extends LocalSocket> all() {
            return host.all();
        }

        @Override
        public PreparedEvent prepare(Arguments event, BroadcastOptions options) {
            return host.prepare(event, options);
        }

        @Override
        public Optional<RecoveryOptions> recovery() {
            return Optional.empty();
        }

        @Override
        public InstantSource clock() {
            return host.clock();
        }

        @Override
        public void serverSideEvent(Arguments event, Consumer<Arguments> answer) {
            host.serverSideEvent(event, answer);
        }
    }
}
