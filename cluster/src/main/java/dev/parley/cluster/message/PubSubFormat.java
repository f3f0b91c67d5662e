package dev.parley.cluster.message;

import dev.parley.cluster.message.ClusterMessage.Broadcast;
import dev.parley.cluster.message.ClusterMessage.Call;
import dev.parley.cluster.message.ClusterMessage.ClientAck;
import dev.parley.cluster.message.ClusterMessage.ClientCount;
import dev.parley.cluster.message.ClusterMessage.Disconnect;
import dev.parley.cluster.message.ClusterMessage.FetchSockets;
import dev.parley.cluster.message.ClusterMessage.Join;
import dev.parley.cluster.message.ClusterMessage.Leave;
import dev.parley.cluster.message.ClusterMessage.ListRooms;
import dev.parley.cluster.message.ClusterMessage.ListSockets;
import dev.parley.cluster.message.ClusterMessage.RoomNames;
import dev.parley.cluster.message.ClusterMessage.ServerCall;
import dev.parley.cluster.message.ClusterMessage.ServerEvent;
import dev.parley.cluster.message.ClusterMessage.ServerReply;
import dev.parley.cluster.message.ClusterMessage.SocketIds;
import dev.parley.cluster.message.ClusterMessage.Sockets;
import dev.parley.protocol.socket.Arguments;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format of {@code createAdapter} of {@code @socket.io/redis-adapter} 8. A broadcast is a MessagePack array of the sender, the packet
 * and the options, on a channel that may name its only room. Requests and responses are JSON objects, or MessagePack if there may be
 * bytes in them. Responses name the request but not their sender. One instance for each namespace; immutable, any thread.
 */
public final class PubSubFormat {
    private static final int SOCKETS = 0;
    private static final int ALL_ROOMS = 1;
    private static final int JOIN = 2;
    private static final int LEAVE = 3;
    private static final int DISCONNECT = 4;
    private static final int FETCH = 5;
    private static final int SERVER_SIDE_EMIT = 6;
    private static final int BROADCAST = 7;
    private static final int CLIENT_COUNT = 8;
    private static final int ACK = 9;

    private static final byte ARRAY_OF_3 = (byte) 0x93;
    private static final int FIXED_TEXT = 0xa0;
    private static final int MAX_FIXED_TEXT = 31;

    private final String uid;
    /** How the array of a broadcast of this adapter begins. */
    private final byte[] ownStart;
    private final String namespace;
    private final Values values;
    private final MessageLimits limits;

    /** @param uid the name of the adapter, unique in the cluster: up to 31 letters and digits */
    public PubSubFormat(String uid, String namespace, MessageLimits limits) {
        this.uid = uid;
        byte[] name = uid.getBytes(StandardCharsets.UTF_8);
        if (name.length > MAX_FIXED_TEXT) {
            throw new IllegalArgumentException("a name of an adapter has up to 31 letters and digits");
        }
        this.ownStart = new byte[name.length + 2];
        ownStart[0] = ARRAY_OF_3;
        ownStart[1] = (byte) (FIXED_TEXT + name.length);
        System.arraycopy(name, 0, ownStart, 2, name.length);
        this.namespace = namespace;
        this.limits = limits;
        this.values = new Values(limits);
    }

    /** Encodes a broadcast. */
    public byte[] encode(Broadcast broadcast) {
        var message = Values.array();
        message.add(uid);
        message.add(packet(broadcast.event()));
        message.add(OptionValues.tree(broadcast.options()));
        return MessagePackWriter.write(message);
    }

    private ObjectNode packet(Arguments event) {
        var packet = PacketValues.tree(event);
        packet.put("nsp", namespace);
        return packet;
    }

    /** Whether this is a broadcast of this adapter, which Redis sends back to it. */
    public boolean isOwnBroadcast(byte[] bytes) {
        return bytes.length >= ownStart.length
                && Arrays.equals(bytes, 0, ownStart.length, ownStart, 0, ownStart.length);
    }

    /**
     * Decodes a broadcast.
     *
     * @return empty if it is of another namespace, whose channels can begin alike
     * @throws MalformedMessageException when it cannot be understood
     */
    public Optional<Received> broadcast(byte[] bytes) {
        var message = Values.requireArray(values.read(bytes));
        var packet = Values.requireObject(message.path(1));
        String to = packet.has("nsp") ? Values.name(packet.path("nsp")) : "/";
        if (!to.equals(namespace)) {
            return Optional.empty();
        }
        return Optional.of(new Received(Values.name(message.path(0)),
                new Broadcast(PacketValues.read(packet, limits), OptionValues.read(message.path(2)))));
    }

    /** Encodes a message that is not a broadcast nor a response; empty if the format has none for it. */
    public Optional<byte[]> request(ClusterMessage message) {
        var out = Values.object();
        out.put("uid", uid);
        if (message instanceof ClusterMessage.Request request) {
            out.put("requestId", request.requestId());
        }
        switch (message) {
            case Join join -> {
                out.put("type", JOIN).set("opts", OptionValues.receivers(join.options()));
                out.set("rooms", Values.texts(join.rooms()));
            }
            case Leave leave -> {
                out.put("type", LEAVE).set("opts", OptionValues.receivers(leave.options()));
                out.set("rooms", Values.texts(leave.rooms()));
            }
            case Disconnect disconnect -> {
                out.put("type", DISCONNECT).set("opts", OptionValues.receivers(disconnect.options()));
                out.put("close", disconnect.close());
            }
            case FetchSockets fetch ->
                out.put("type", FETCH).set("opts", OptionValues.receivers(fetch.options()));
            case ListSockets list -> out.put("type", SOCKETS).set("rooms", Values.texts(list.rooms()));
            case ListRooms list -> out.put("type", ALL_ROOMS);
            case ServerEvent event ->
                out.put("type", SERVER_SIDE_EMIT).set("data", EventValues.tree(event.event()));
            case ServerCall call ->
                out.put("type", SERVER_SIDE_EMIT).set("data", EventValues.tree(call.event()));
            case Call call -> {
                out.put("type", BROADCAST).set("packet", packet(call.event()));
                out.set("opts", OptionValues.tree(call.options(), call.timeout()));
                return Optional.of(MessagePackWriter.write(out));
            }
            case Broadcast broadcast -> {
                return Optional.empty();
            }
            case ClusterMessage.Response response -> {
                return Optional.empty();
            }
        }
        return Optional.of(Values.shortest(out));
    }

    /**
     * Decodes a request.
     *
     * @throws MalformedMessageException when it cannot be understood
     */
    public Received request(byte[] bytes) {
        var message = Values.requireObject(values.read(bytes));
        String sender = Values.optionalName(message.path("uid")).orElse("");
        var id = Values.optionalName(message.path("requestId"));
        return new Received(sender, switch (type(message)) {
            case SOCKETS -> new ListSockets(require(id), Values.names(message.path("rooms")));
            case ALL_ROOMS -> new ListRooms(require(id));
            case JOIN ->
                new Join(OptionValues.read(message.path("opts")), Values.names(message.path("rooms")));
            case LEAVE ->
                new Leave(OptionValues.read(message.path("opts")), Values.names(message.path("rooms")));
            case DISCONNECT -> new Disconnect(OptionValues.read(message.path("opts")),
                    message.path("close").asBoolean(false));
            case FETCH -> new FetchSockets(require(id), OptionValues.read(message.path("opts")));
            case SERVER_SIDE_EMIT -> {
                var event = EventValues.serverEvent(message.path("data"), limits);
                yield id.isPresent() ? new ServerCall(id.get(), event) : new ServerEvent(event);
            }
            case BROADCAST -> new Call(require(id), PacketValues.read(message.path("packet"), limits),
                    OptionValues.read(message.path("opts")), OptionValues.timeout(message.path("opts")));
            default -> throw new MalformedMessageException("unknown type of request");
        });
    }

    /** Encodes a response. */
    public byte[] response(ClusterMessage.Response response) {
        var out = Values.object();
        switch (response) {
            case ClientCount count -> out.put("type", CLIENT_COUNT);
            case ClientAck ack -> out.put("type", ACK);
            case ServerReply reply -> out.put("type", SERVER_SIDE_EMIT);
            case Sockets sockets -> {}
            case SocketIds ids -> {}
            case RoomNames rooms -> {}
        }
        out.put("requestId", response.requestId());
        switch (response) {
            case ClientCount count -> out.put("clientCount", count.clients());
            case ClientAck ack -> {
                Values.first(EventValues.tree(ack.reply())).ifPresent(value -> out.set("packet", value));
                return MessagePackWriter.write(out);
            }
            case ServerReply reply ->
                Values.first(EventValues.tree(reply.reply())).ifPresent(value -> out.set("data", value));
            case Sockets sockets -> out.set("sockets", SocketValues.tree(sockets.sockets()));
            case SocketIds ids -> out.set("sockets", Values.texts(ids.ids()));
            case RoomNames rooms -> out.set("rooms", Values.texts(rooms.rooms()));
        }
        return Values.shortest(out);
    }

    /**
     * Decodes a response to one of the requests that Parley sends.
     *
     * @return empty if it is a response to another request
     * @throws MalformedMessageException when it cannot be understood
     */
    public Optional<ClusterMessage.Response> response(byte[] bytes) {
        var message = Values.requireObject(values.read(bytes));
        String id = require(Values.optionalName(message.path("requestId")));
        if (message.has("type")) {
            return switch (type(message)) {
                case CLIENT_COUNT -> Optional.of(new ClientCount(id, count(message.path("clientCount"))));
                case ACK -> Optional.of(new ClientAck(id, EventValues.reply(message.path("packet"), limits)));
                case SERVER_SIDE_EMIT ->
                    Optional.of(new ServerReply(id, EventValues.reply(message.path("data"), limits)));
                default -> Optional.empty();
            };
        }
        var sockets = message.path("sockets");
        return sockets.isArray() && (sockets.isEmpty() || sockets.path(0).isObject())
                ? Optional.of(new Sockets(id, SocketValues.read(sockets)))
                : Optional.empty();
    }

    static int count(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < 0) {
            throw new MalformedMessageException("not a number of clients");
        }
        return node.intValue();
    }

    private static int type(JsonNode message) {
        return message.path("type").asInt(-1);
    }

    private static String require(Optional<String> id) {
        return id.orElseThrow(() -> new MalformedMessageException("a request without an id"));
    }
}
