package dev.parley.cluster.relay;

import dev.parley.cluster.broker.RedisLink;
import dev.parley.cluster.broker.Traffic;
import dev.parley.cluster.core.Timeouts;
import dev.parley.cluster.message.MalformedMessageException;
import dev.parley.cluster.relay.RelayMessage.Content;
import dev.parley.server.engine.NodeRelay;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests between servers as messages on a Pub/Sub channel for each server. Nothing is sent twice: a request that nobody received is sent again for at
 * most 5 s, and when a later message is lost or out of order, its request ends on both sides. Safe from any thread. Limits: {@value #MAX_CALLS} requests in
 * each direction, beyond which a request ends at once, and {@value #MAX_BYTES} bytes that wait for Redis, or two of the largest messages if they are more: beyond
 * that a request gets status 503, and a response or stream ends.
 */
public final class RedisRelay implements AutoCloseable {
    static final int MAX_CALLS = 10_000;
    static final long MAX_BYTES = 32_000_000;
    private static final String RETRY_AFTER_SECONDS = "5";
    private static final byte[] NONE = {};
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final int RETRIES = 10;

    private final String tag;
    private final String prefix;
    private final RelaySender sender;
    private final Timeouts timeouts;
    private final Traffic traffic;
    private final int maxMessage;
    private final AtomicLong ids = new AtomicLong();
    /** Requests of this server to others, and of others to this one. */
    private final Map<Long, RelayedCall> asked = new ConcurrentHashMap<>();
    private final Map<String, RelayedCall> answering = new ConcurrentHashMap<>();
    private final RedisLink.Subscription subscription;
    private volatile @Nullable NodeRelay local;

    /**
     * Subscribes to the channel of this server.
     *
     * @param tag        of this server
     * @param channels   on which nothing but the relay is received
     * @param maxMessage maximum size of a message, in bytes
     */
    public RedisRelay(String tag, String prefix, RedisLink.Channels channels, Timeouts timeouts,
            Traffic traffic, int maxMessage) {
        this.tag = tag;
        this.prefix = prefix;
        this.sender = new RelaySender(channels, Math.max(MAX_BYTES, 2L * maxMessage));
        this.timeouts = timeouts;
        this.traffic = traffic;
        this.maxMessage = maxMessage;
        this.subscription = channels.subscribe(List.of(channel(tag)), (channel, bytes) -> received(bytes));
    }

    private String channel(String to) {
        return prefix + "-relay#" + to + "#";
    }

    /** Passes requests of other servers on from now on. */
    void serve(NodeRelay relay) {
        local = relay;
    }

    /** Returns the relay to a server. */
    NodeRelay to(String owner) {
        return (request, receiver) -> ask(owner, request, receiver);
    }

    private NodeRelay.Call ask(String owner, NodeRelay.Request request, NodeRelay.Receiver receiver) {
        long id = ids.incrementAndGet();
        var call = new RelayedCall(owner, receiver, content -> new RelayMessage(tag, id, true, content),
                this::publish, () -> asked.remove(id));
        if (asked.size() >= MAX_CALLS) {
            call.lost();
            return call;
        }
        byte[] bytes = encoded(new RelayMessage(tag, id, true, new Content.Asks(request)));
        if (bytes.length == 0) {
            call.lost();
            return call;
        }
        asked.put(id, call);
        send(call, bytes, RETRIES);
        return call;
    }

    /** Sends the first message of a request, and again while nobody receives it: the owner may be about to subscribe anew. */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is handled
    private void send(RelayedCall call, byte[] request, int retries) {
        if (call.isOver()) {
            return;
        }
        sender.publish(channel(call.peer()), request).whenComplete((receivers, failure) -> {
            if (failure instanceof RelaySender.FullException) {
                call.refused(new NodeRelay.Response(503,
                        List.of(new NodeRelay.Header("Retry-After", RETRY_AFTER_SECONDS)), new byte[0]));
            } else if (failure != null || (receivers == 0 && retries == 0)) {
                call.lost();
            } else if (receivers == 0) {
                timeouts.after(RETRY, () -> send(call, request, retries - 1));
            }
        });
    }

    /** Sends a later message. If it does not arrive, the request ends. */
    @SuppressWarnings("FutureReturnValueIgnored") // the outcome is handled
    private void publish(RelayedCall call, RelayMessage message) {
        byte[] bytes = encoded(message);
        if (bytes.length == 0) {
            unsent(call, message);
            return;
        }
        String channel = channel(call.peer());
        var outcome = message.content() instanceof Content.Ends ? sender.publishEnd(channel, bytes)
                : sender.publish(channel, bytes);
        outcome.whenComplete((receivers, failure) -> {
            if (failure != null || receivers == 0) {
                unsent(call, message);
            }
        });
    }

    /** Returns the bytes of a message; none if it is above the limit, or has a header that is. */
    private byte[] encoded(RelayMessage message) {
        try {
            byte[] bytes = message.encode();
            return bytes.length > maxMessage ? NONE : bytes;
        } catch (UncheckedIOException e) {
            return NONE;
        }
    }

    /** A call is over with its response: if that could not be sent, the server that asked has to hear it all the same. */
    private void unsent(RelayedCall call, RelayMessage message) {
        if (call.isOver() && message.content() instanceof Content.Responds) {
            publish(call,
                    new RelayMessage(message.from(), message.id(), message.toOwner(), new Content.Ends(0)));
        } else {
            call.lost();
        }
    }

    private void received(byte[] bytes) {
        traffic.receive(() -> {
            if (bytes.length > maxMessage) {
                throw new MalformedMessageException("a relayed request above the limit");
            }
            var message = RelayMessage.decode(bytes);
            String key = message.from() + ":" + message.id();
            if (!message.toOwner()) {
                var call = asked.get(message.id());
                if (call != null && call.peer().equals(message.from())) {
                    call.received(message.content());
                }
            } else if (message.content() instanceof Content.Asks asks) {
                answer(message, key, asks.request());
            } else {
                var call = answering.get(key);
                if (call != null) {
                    call.received(message.content());
                }
            }
        });
    }

    private void answer(RelayMessage message, String key, NodeRelay.Request request) {
        var relay = local;
        var call = new RelayedCall(message.from(), null,
                content -> new RelayMessage(tag, message.id(), false, content), this::publish,
                () -> answering.remove(key));
        if (relay == null || answering.size() >= MAX_CALLS || answering.putIfAbsent(key, call) != null) {
            publish(call, new RelayMessage(tag, message.id(), false, new Content.Ends(0)));
            return;
        }
        call.serve(relay, request);
    }

    /** A server has left or died: its requests, and those to it, end. */
    void memberLeft(String peer) {
        end(call -> call.peer().equals(peer));
    }

    /** A connection to Redis was lost, and maybe messages with it: all requests end. */
    public void disconnected() {
        end(call -> true);
    }

    private void end(Predicate<RelayedCall> which) {
        var calls = new ArrayList<>(asked.values());
        calls.addAll(answering.values());
        calls.stream().filter(which).forEach(RelayedCall::lost);
    }

    int size() {
        return asked.size() + answering.size();
    }

    /** Ends all requests, and receives no more. */
    @Override
    public void close() {
        subscription.close();
        disconnected();
    }
}
