package dev.parley.cluster.broker;

import dev.parley.cluster.core.Broker;
import dev.parley.cluster.message.ClusterMessage;
import dev.parley.cluster.message.PubSubFormat;
import dev.parley.cluster.message.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * One namespace over Redis Pub/Sub, as {@code createAdapter} of {@code @socket.io/redis-adapter}: channels for broadcasts, one for requests and
 * two for responses. The other servers are counted as subscribers of the request channel; their names are not known. Safe from any thread.
 */
public final class PubSubBroker implements Broker {
    private final String uid;
    private final PubSubFormat format;
    private final RedisLink link;
    private final Receiver receiver;
    private final Traffic traffic;
    private final String broadcasts;
    private final String requests;
    private final String responses;
    private final ServerCount count;
    private final List<RedisLink.Subscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Creates a broker.
     *
     * @param uid    the name of the adapter, unique in the cluster
     * @param prefix with which all channels begin
     */
    public PubSubBroker(String uid, String namespace, String prefix, RedisLink link, Receiver receiver,
            BrokerContext context) {
        this.uid = uid;
        this.format = new PubSubFormat(uid, namespace, context.limits());
        this.link = link;
        this.receiver = receiver;
        this.traffic = context.traffic();
        this.broadcasts = prefix + "#" + namespace + "#";
        this.requests = prefix + "-request#" + namespace + "#";
        this.responses = prefix + "-response#" + namespace + "#";
        this.count = new ServerCount(link, link.channels(), requests, context);
    }

    @Override
    public synchronized void start() {
        subscriptions.add(link.subscribePattern(escaped(broadcasts) + "*", this::broadcast));
        subscriptions.add(link.channels()
                .subscribe(List.of(requests, responses, responses + uid + "#"), this::requestOrResponse));
        count.refresh();
    }

    /** Returns a pattern that matches a text alone. */
    static String escaped(String text) {
        return text.replaceAll("([\\\\*?\\[\\]])", "\\\\$1");
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void send(ClusterMessage message) {
        if (closed) {
            traffic.countDropped();
        } else if (message instanceof ClusterMessage.Broadcast broadcast) {
            var rooms = broadcast.options().rooms();
            String channel = rooms.size() == 1 ? broadcasts + rooms.iterator().next() + "#" : broadcasts;
            link.channels().publish(channel, format.encode(broadcast));
        } else {
            format.request(message).ifPresent(bytes -> link.channels().publish(requests, bytes));
        }
    }

    @Override
    public CompletionStage<Integer> ask(ClusterMessage.Request request) {
        return count.ask(format.request(request));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void respond(String to, ClusterMessage.Response response) {
        if (!closed) {
            link.channels()
                    .publish(to.isEmpty() ? responses : responses + to + "#", format.response(response));
        }
    }

    @Override
    public int serverCount() {
        return count.last();
    }

    @Override
    public synchronized void close() {
        closed = true;
        count.close();
        subscriptions.forEach(RedisLink.Subscription::close);
        subscriptions.clear();
    }

    private void broadcast(String channel, byte[] message) {
        if (closed || format.isOwnBroadcast(message)) {
            return;
        }
        traffic.receive(() -> {
            // The channel ends with #, also where it names no room.
            if (channel.length() <= broadcasts.length()
                    || receiver.hasRoom(channel.substring(broadcasts.length(), channel.length() - 1))) {
                format.broadcast(message).ifPresent(this::received);
            }
        });
    }

    private void requestOrResponse(String channel, byte[] message) {
        if (closed) {
            return;
        }
        traffic.receive(() -> {
            if (channel.equals(requests)) {
                received(format.request(message));
            } else {
                format.response(message).ifPresent(response -> receiver.received("", response));
            }
        });
    }

    private void received(Received received) {
        if (!received.sender().equals(uid)) {
            receiver.received(received.sender(), received.message());
        }
    }
}
