package dev.parley.cluster.core;

import dev.parley.cluster.message.ClusterMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Carries messages between simulated servers: in the order of each sender, delayed, and as long as there are faults some are lost, and
 * responses come twice (acknowledgements excepted). A server that is cut off neither sends nor receives. Responses may name their sender, as the formats do.
 */
final class SimulatedNetwork {
    private static final int MAX_DELAY = 40;

    private final Random random;
    private final VirtualTime time;
    private final boolean named;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Long> lastArrival = new HashMap<>();
    boolean faults;

    /** @param named whether responses name their sender */
    SimulatedNetwork(Random random, VirtualTime time, boolean named) {
        this.random = random;
        this.time = time;
        this.named = named;
    }

    Broker open(String name, Broker.Receiver receiver) {
        var node = new Node(name, receiver);
        nodes.put(name, node);
        return node;
    }

    void cut(String name, boolean off) {
        Objects.requireNonNull(nodes.get(name)).off = off;
    }

    /** Whether responses name their sender. */
    boolean named() {
        return named;
    }

    /** A server ends without a word. */
    void kill(String name) {
        nodes.remove(name);
    }

    private void deliver(String from, String to, ClusterMessage message) {
        if (faults && random.nextInt(10) == 0) {
            return;
        }
        // Acknowledgements have no identity in the formats: that they come once is up to Redis.
        boolean known = named && message instanceof ClusterMessage.Response
                && !(message instanceof ClusterMessage.ClientAck);
        int copies = known && faults && random.nextInt(5) == 0 ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long arrival = Math.max(time.now() + 1 + random.nextInt(MAX_DELAY),
                    lastArrival.getOrDefault(from + to, 0L));
            lastArrival.put(from + to, arrival);
            time.at(arrival, () -> {
                var node = nodes.get(to);
                if (node != null && !node.off) {
                    node.receiver.received(
                            named ? from : message instanceof ClusterMessage.Response ? "" : from, message);
                }
            });
        }
    }

    private final class Node implements Broker {
        private final String name;
        private final Receiver receiver;
        private boolean off;

        Node(String name, Receiver receiver) {
            this.name = name;
            this.receiver = receiver;
        }

        @Override
        public void start() {}

        private List<String> others() {
            var others = new ArrayList<String>();
            nodes.forEach((other, node) -> {
                if (!other.equals(name) && !node.off) {
                    others.add(other);
                }
            });
            return others;
        }

        @Override
        public void send(ClusterMessage message) {
            if (!off) {
                others().forEach(other -> deliver(name, other, message));
            }
        }

        @Override
        public CompletionStage<Integer> ask(ClusterMessage.Request request) {
            if (off) {
                return CompletableFuture.failedStage(new IllegalStateException("cut off"));
            }
            send(request);
            int asked = others().size();
            var known = new CompletableFuture<Integer>();
            time.at(time.now() + random.nextInt(MAX_DELAY), () -> known.complete(asked));
            return known;
        }

        @Override
        public void respond(String to, ClusterMessage.Response response) {
            if (!off) {
                deliver(name, to, response);
            }
        }

        @Override
        public int serverCount() {
            return 1 + others().size();
        }

        @Override
        public void close() {
            nodes.remove(name);
        }
    }
}
