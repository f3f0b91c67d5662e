package dev.parley.cluster.broker;

import dev.parley.cluster.core.Broker;
import dev.parley.cluster.core.LogId;
import dev.parley.cluster.core.RecoveryLog;
import dev.parley.cluster.message.ClusterFormat;
import dev.parley.cluster.message.ClusterMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * One namespace over a stream of Redis, as {@code @socket.io/redis-streams-adapter}: what needs no response is added to the stream, which all
 * servers read in its order, also what came while they were disconnected. Requests and responses use Pub/Sub. Safe from any thread.
 */
public final class StreamsBroker implements Broker {
    private final ClusterFormat format;
    private final RedisLink link;
    private final Receiver receiver;
    private final Traffic traffic;
    private final String stream;
    private final String all;
    private final String responses;
    private final ServerCount count;
    private final StreamLog log;
    private final List<RedisLink.Subscription> subscriptions = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Creates a broker.
     *
     * @param uid    the name of the adapter, unique in the cluster
     * @param prefix the name of the stream, with which all channels begin too
     */
    public StreamsBroker(String uid, String namespace, String prefix, RedisLink link, Receiver receiver,
            BrokerContext context) {
        this.format = new ClusterFormat(uid, namespace, context.limits());
        this.link = link;
        this.receiver = receiver;
        this.traffic = context.traffic();
        this.stream = prefix;
        this.all = prefix + "#" + namespace + "#";
        this.responses = all + uid + "#";
        this.log = new StreamLog(uid, namespace, stream, all, format, link, context);
        this.count = new ServerCount(link, link.channels(), all, context);
    }

    @Override
    public synchronized void start() {
        subscriptions.add(link.readStream(stream, new RedisLink.StreamListener() {
            @Override
            public void on(RedisLink.StreamEntry entry) {
                logged(entry);
            }

            @Override
            public void missed() {
                if (!closed) {
                    receiver.missed();
                }
            }
        }));
        subscriptions.add(link.channels().subscribe(List.of(all, responses), this::published));
        count.refresh();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void send(ClusterMessage message) {
        if (closed) {
            traffic.countDropped();
        } else if (message instanceof ClusterMessage.ServerEvent) {
            format.messagePack(message).ifPresent(bytes -> link.channels().publish(all, bytes));
        } else {
            format.fields(message).ifPresent(fields -> link.addToStream(stream, fields));
        }
    }

    @Override
    public CompletionStage<Integer> ask(ClusterMessage.Request request) {
        return count.ask(format.messagePack(request));
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the link counts what it drops
    public void respond(String to, ClusterMessage.Response response) {
        if (!closed) {
            format.messagePack(response).ifPresent(bytes -> link.channels().publish(all + to + "#", bytes));
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

    @Override
    public Optional<RecoveryLog> recoveryLog() {
        return Optional.of(log);
    }

    private void logged(RedisLink.StreamEntry entry) {
        var id = LogId.parse(entry.id());
        if (closed || id.isEmpty()) {
            return;
        }
        var logged = log.entry(id.get(), entry.fields());
        if (entry.fields().isEmpty()) {
            receiver.logged(logged); // where reading begins
        } else {
            traffic.receive(() -> receiver.logged(logged));
        }
    }

    private void published(String channel, byte[] bytes) {
        if (!closed) {
            traffic.receive(() -> format.decode(bytes)
                    .ifPresent(received -> receiver.received(received.sender(), received.message())));
        }
    }
}
