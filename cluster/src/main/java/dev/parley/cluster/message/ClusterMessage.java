package dev.parley.cluster.message;

import dev.parley.protocol.socket.Arguments;
import dev.parley.server.adapter.BroadcastOptions;
import dev.parley.server.adapter.SocketDescription;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message from one server of a cluster to the others, about one namespace. Immutable. */
public sealed interface ClusterMessage {
    /** Asks each of the others for something. */
    sealed interface Request extends ClusterMessage {
        /** A name for the request, unique in the cluster. */
        String requestId();
    }

    /** Replies to the server that sent a request. */
    sealed interface Response extends ClusterMessage {
        /** The name of the request. */
        String requestId();
    }

    /** Sends an event to sockets. */
    record Broadcast(Arguments event, BroadcastOptions options) implements ClusterMessage {}

    /**
     * Sends an event that asks for acknowledgements. Each server responds with one {@link ClientCount}, and with a {@link ClientAck} for
     * each acknowledgement.
     *
     * @param timeout how long the sender waits; empty if it does not say
     */
    record Call(String requestId, Arguments event, BroadcastOptions options,
            Optional<Duration> timeout) implements Request {}

    /** Makes sockets join rooms. */
    record Join(BroadcastOptions options, Set<String> rooms) implements ClusterMessage {
        public Join {
            rooms = Set.copyOf(rooms);
        }
    }

    /** Makes sockets leave rooms. */
    record Leave(BroadcastOptions options, Set<String> rooms) implements ClusterMessage {
        public Leave {
            rooms = Set.copyOf(rooms);
        }
    }

    /** Disconnects sockets from the namespace, or closes their connections. */
    record Disconnect(BroadcastOptions options, boolean close) implements ClusterMessage {}

    /** Asks for descriptions of sockets. Each server responds with {@link Sockets}. */
    record FetchSockets(String requestId, BroadcastOptions options) implements Request {}

    /** Asks for the ids of sockets in any of these rooms; with no room, of all. Parley responds to it and does not send it. */
    record ListSockets(String requestId, Set<String> rooms) implements Request {
        public ListSockets {
            rooms = Set.copyOf(rooms);
        }
    }

    /** Asks for the rooms with a member. Parley responds to it and does not send it. */
    record ListRooms(String requestId) implements Request {}

    /** Passes an event to the application on the other servers. */
    record ServerEvent(Arguments event) implements ClusterMessage {}

    /** Passes an event to the application on the other servers; each responds with {@link ServerReply}, if the application does. */
    record ServerCall(String requestId, Arguments event) implements Request {}

    /** The number of sockets on one server that a {@link Call} was sent to. */
    record ClientCount(String requestId, int clients) implements Response {}

    /** One acknowledgement of a {@link Call}: an array of at most one value. */
    record ClientAck(String requestId, Arguments reply) implements Response {}

    /** The sockets on one server that a {@link FetchSockets} selects. */
    record Sockets(String requestId, List<SocketDescription> sockets) implements Response {
        public Sockets {
            sockets = List.copyOf(sockets);
        }
    }

    /** The ids that a {@link ListSockets} asks for. */
    record SocketIds(String requestId, Set<String> ids) implements Response {
        public SocketIds {
            ids = Set.copyOf(ids);
        }
    }

    /** The rooms that a {@link ListRooms} asks for. */
    record RoomNames(String requestId, Set<String> rooms) implements Response {
        public RoomNames {
            rooms = Set.copyOf(rooms);
        }
    }

    /** The reply of one server's application to a {@link ServerCall}: an array of at most one value. */
    record ServerReply(String requestId, Arguments reply) implements Response {}
}
