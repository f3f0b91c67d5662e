package dev.parley.cluster.message;

import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.cluster.message.ClusterMessage.Call;
import dev.parley.cluster.message.ClusterMessage.ClientAck;
import dev.parley.cluster.message.ClusterMessage.ClientCount;
import dev.parley.cluster.message.ClusterMessage.Disconnect;
import dev.parley.cluster.message.ClusterMessage.FetchSockets;
import dev.parley.cluster.message.ClusterMessage.Join;
import dev.parley.cluster.message.ClusterMessage.Leave;
import dev.parley.cluster.message.ClusterMessage.ServerCall;
import dev.parley.cluster.message.ClusterMessage.ServerEvent;
import dev.parley.cluster.message.ClusterMessage.ServerReply;
import dev.parley.cluster.message.ClusterMessage.Sockets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The messages of {@code ClusterAdapter} of {@code socket.io-adapter} 2.5: those of {@code createShardedAdapter} of {@code
 * @socket.io/redis-adapter} 8, and of {@code @socket.io/redis-streams-adapter} 0.3. A message is an object of type, data, sender and
 * namespace: as JSON, as MessagePack, or as the fields of an entry of a stream. One instance for each namespace; immutable, any thread.
 */
public final class ClusterFormat {
    private static final int BROADCAST = 3;
    private static final int JOIN = 4;
    private static final int LEAVE = 5;
    private static final int DISCONNECT = 6;
    private static final int FETCH = 7;
    private static final int SOCKETS = 8;
    private static final int SERVER_SIDE_EMIT = 9;
    private static final int SERVER_REPLY = 10;
    private static final int CLIENT_COUNT = 11;
    private static final int ACK = 12;

    private final String uid;
    private final String namespace;
    private final Values values;
    private final MessageLimits limits;

    /** @param uid the name of the adapter, unique in the cluster */
    public ClusterFormat(String uid, String namespace, MessageLimits limits) {
        this.uid = uid;
        this.namespace = namespace;
        this.limits = limits;
        this.values = new Values(limits);
    }

    /** Encodes a message as JSON, or as MessagePack if there are bytes in it; empty if the format has none for it. */
    public Optional<byte[]> encode(ClusterMessage message) {
        return tree(message).map(Values::shortest);
    }

    /** Encodes a message as MessagePack; empty if the format has none for it. */
    public Optional<byte[]> messagePack(ClusterMessage message) {
        return tree(message).map(MessagePackWriter::write);
    }

    /** Encodes a message as the fields of an entry of a stream; empty if the format has none for it. */
    public Optional<Map<String, String>> fields(ClusterMessage message) {
        return tree(message).map(tree -> {
            var fields = new LinkedHashMap<String, String>();
            fields.put("uid", uid);
            fields.put("nsp", namespace);
            fields.put("type", tree.path("type").asString());
            var data = tree.path("data");
            fields.put("data",
                    Values.hasBinary(data) ? Base64.getEncoder().encodeToString(MessagePackWriter.write(data))
                            : Values.escapedJson(data));
            return fields;
        });
    }

    private Optional<ObjectNode> tree(ClusterMessage message) {
        var tree = Values.object();
        int type = type(message);
        if (type == 0) {
            return Optional.empty();
        }
        tree.put("type", type);
        tree.set("data", data(message));
        tree.put("uid", uid);
        tree.put("nsp", namespace);
        return Optional.of(tree);
    }

    private static int type(ClusterMessage message) {
        return switch (message) {
            case Broadcast broadcast -> BROADCAST;
            case Call call -> BROADCAST;
            case Join join -> JOIN;
            case Leave leave -> LEAVE;
            case Disconnect disconnect -> DISCONNECT;
            case FetchSockets fetch -> FETCH;
            case Sockets sockets -> SOCKETS;
            case ServerEvent event -> SERVER_SIDE_EMIT;
            case ServerCall call -> SERVER_SIDE_EMIT;
            case ServerReply reply -> SERVER_REPLY;
            case ClientCount count -> CLIENT_COUNT;
            case ClientAck ack -> ACK;
            case ClusterMessage.ListSockets none -> 0;
            case ClusterMessage.ListRooms none -> 0;
            case ClusterMessage.SocketIds none -> 0;
            case ClusterMessage.RoomNames none -> 0;
        };
    }

    private static ObjectNode data(ClusterMessage message) {
        var data = Values.object();
        if (message instanceof ClusterMessage.Response response) {
            data.put("requestId", response.requestId());
        }
        switch (message) {
            case Broadcast sent -> {
                data.set("packet", PacketValues.tree(sent.event()));
                data.set("opts", OptionValues.tree(sent.options()));
            }
            case Call call -> {
                data.set("packet", PacketValues.tree(call.event()));
                data.put("requestId", call.requestId());
                data.set("opts", OptionValues.tree(call.options(), call.timeout()));
            }
            case Join join ->
                data.set("opts", OptionValues.tree(join.options())).set("rooms", Values.texts(join.rooms()));
            case Leave leave -> data.set("opts", OptionValues.tree(leave.options()))
                    .set("rooms", Values.texts(leave.rooms()));
            case Disconnect gone -> {
                data.set("opts", OptionValues.tree(gone.options()));
                data.put("close", gone.close());
            }
            case FetchSockets fetch -> {
                data.set("opts", OptionValues.tree(fetch.options()));
                data.put("requestId", fetch.requestId());
            }
            case ServerEvent event -> data.set("packet", EventValues.tree(event.event()));
            case ServerCall call -> {
                data.put("requestId", call.requestId());
                data.set("packet", EventValues.tree(call.event()));
            }
            case Sockets sockets -> data.set("sockets", SocketValues.tree(sockets.sockets()));
            case ServerReply reply ->
                Values.first(EventValues.tree(reply.reply())).ifPresent(value -> data.set("packet", value));
            case ClientCount count -> data.put("clientCount", count.clients());
            case ClientAck ack ->
                Values.first(EventValues.tree(ack.reply())).ifPresent(value -> data.set("packet", value));
            case ClusterMessage.ListSockets none -> {}
            case ClusterMessage.ListRooms none -> {}
            case ClusterMessage.SocketIds none -> {}
            case ClusterMessage.RoomNames none -> {}
        }
        return data;
    }

    /**
     * Decodes a message.
     *
     * @return empty if it is of this adapter, of another namespace, or of a type that is not known
     * @throws MalformedMessageException when it cannot be understood
     */
    public Optional<Received> decode(byte[] bytes) {
        var message = Values.requireObject(values.read(bytes));
        return read(Values.name(message.path("uid")), Values.name(message.path("nsp")),
                message.path("type").asInt(-1), message.path("data"));
    }

    /** Decodes an entry of a stream, as {@link #decode(byte[])}. */
    public Optional<Received> decode(Map<String, String> fields) {
        String sender = sender(fields);
        return sender.equals(uid) ? Optional.empty()
                : message(fields).map(message -> new Received(sender, message));
    }

    /** Returns the name of the adapter that added an entry of a stream; empty if the entry does not say. */
    public static String sender(Map<String, String> fields) {
        return fields.getOrDefault("uid", "");
    }

    /** Decodes an entry of a stream, also one of this adapter. */
    public Optional<ClusterMessage> message(Map<String, String> fields) {
        if (!fields.getOrDefault("nsp", "").equals(namespace)) {
            return Optional.empty();
        }
        String data = fields.getOrDefault("data", "{}");
        if (data.length() > limits.maxBytes()) {
            throw new MalformedMessageException("empty or too large");
        }
        try {
            return message(Integer.parseInt(fields.getOrDefault("type", "")), data.startsWith("{")
                    ? values.json(data)
                    : values.messagePack(Base64.getDecoder().decode(data.getBytes(StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("not an entry of a message");
        }
    }

    private Optional<Received> read(String sender, String to, int type, JsonNode data) {
        if (sender.equals(uid) || !to.equals(namespace)) {
            return Optional.empty();
        }
        return message(type, data).map(message -> new Received(sender, message));
    }

    private Optional<ClusterMessage> message(int type, JsonNode data) {
        var id = Values.optionalName(data.path("requestId"));
        var opts = data.path("opts");
        var packet = data.path("packet");
        return Optional.ofNullable(switch (type) {
            case BROADCAST -> {
                var event = PacketValues.read(packet, limits);
                yield id.isPresent()
                        ? new Call(id.get(), event, OptionValues.read(opts), OptionValues.timeout(opts))
                        : new Broadcast(event, OptionValues.read(opts));
            }
            case JOIN -> new Join(OptionValues.read(opts), Values.names(data.path("rooms")));
            case LEAVE -> new Leave(OptionValues.read(opts), Values.names(data.path("rooms")));
            case DISCONNECT -> new Disconnect(OptionValues.read(opts), data.path("close").asBoolean(false));
            case FETCH -> new FetchSockets(require(id), OptionValues.read(opts));
            case SOCKETS -> new Sockets(require(id), SocketValues.read(data.path("sockets")));
            case SERVER_SIDE_EMIT -> {
                var event = EventValues.serverEvent(packet, limits);
                yield id.isPresent() ? new ServerCall(id.get(), event) : new ServerEvent(event);
            }
            case SERVER_REPLY -> new ServerReply(require(id), EventValues.reply(packet, limits));
            case CLIENT_COUNT -> new ClientCount(require(id), PubSubFormat.count(data.path("clientCount")));
            case ACK -> new ClientAck(require(id), EventValues.reply(packet, limits));
            default -> null;
        });
    }

    private static String require(Optional<String> id) {
        return id.orElseThrow(() -> new MalformedMessageException("a request without an id"));
    }
}
