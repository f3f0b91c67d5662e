package dev.parley.cluster.broker;

import dev.parley.cluster.core.Broker;
import dev.parley.cluster.message.ClusterFormat;
import dev.parley.cluster.message.ClusterMessage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * One namespace over Redis's sharded Pub/Sub, as {@code createShardedAdapter} of {@code @socket.io/redis-adapter} with its default subscription
 * mode {@code dynamic}: a channel for all, one for responses, and one for each room that has a member here. Safe from any thread.
 */
public final class ShardedBroker implements Broker {
    /** Broadcasts to a room with a name of this length are sent to all: it looks like the id of a socket. */
    private static final int SOCKET_ID = 20;

    private final ClusterFormat format;
    private final RedisLink.Channels channels;
    private final Receiver receiver;
    private final Traffic traffic;
    private final String all;
    private final String responses;
    private final ServerCount count;
    private final ConcurrentMap<String, RedisLink.Subscription> subscriptions = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Creates a broker.
     *
     * @param uid    the name of the adapter, unique in the cluster
     * @param prefix with which all channels begin
     */
    public ShardedBroker(String uid, String namespace, String prefix, RedisLink link, Receiver receiver,
            BrokerContext context) {
        this.format = new ClusterFormat(uid, namespace, context.limits());
        this.channels = link.shardChannels();
        this.receiver = receiver;
        this.traffic = context.traffic();
        this.all = prefix + "#" + namespace + "#";
        this.responses = all + uid + "#";
        this.count = new ServerCount(link, channels, all, context);
    }

    @Override
    public void start() {
        subscribe(all);
        subscribe(responses);
        count.refresh();
    }

    @Override
    public void roomCreated(String room) {
        if (room.length() != SOCKET_ID && !closed) {
            subscribe(all + room + "#");
        }
    }

    @Override
    public void roomDeleted(String room) {
        var subscription = room.length() == SOCKET_ID ? null : subscriptions.remove(all + room + "#");
        if (subscription != null) {
            subscription.close();
        }
    }

    private void subscribe(String channel) {
        var before = subscriptions.put(channel, channels.subscribe(List.of(channel), this::received));
        if (before != null) {
            before.close();
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void send(ClusterMessage message) {
        if (closed) {
            traffic.countDropped();
        } else {
            format.encode(message).ifPresent(bytes -> channels.publish(channel(message), bytes));
        }
    }

    private String channel(ClusterMessage message) {
        if (message instanceof ClusterMessage.Broadcast broadcast
                && broadcast.options().rooms().size() == 1) {
            String room = broadcast.options().rooms().iterator().next();
            return room.length() == SOCKET_ID ? all : all + room + "#";
        }
        return all;
    }

    @Override
    public CompletionStage<Integer> ask(ClusterMessage.Request request) {
        return count.ask(format.encode(request));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void respond(String to, ClusterMessage.Response response) {
        if (!closed) {
            format.encode(response).ifPresent(bytes -> channels.publish(all + to + "#", bytes));
        }
    }

    @Override
    public int serverCount() {
        return count.last();
    }

    @Override
    public void close() {
        closed = true;
        count.close();
        subscriptions.values().forEach(RedisLink.Subscription::close);
        subscriptions.clear();
    }

    private void received(String channel, byte[] bytes) {
        if (!closed) {
            traffic.receive(() -> format.decode(bytes)
                    .ifPresent(received -> receiver.received(received.sender(), received.message())));
        }
    }
}
