package dev.parley.protocol.socket;

import dev.parley.protocol.Effects;
import dev.parley.protocol.MalformedPacketException;
import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.EngineRevision;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one client's Socket.IO connection: its namespaces and the acks that are awaited. Not thread-safe: its owner
 * calls it from one thread at a time. Its limits are its {@link ConnectionOptions}.
 *
 * <pre>
 * namespace       input                next       what happens
 * unknown         connect packet       requested  Join: the owner decides
 * requested       Accept               joined     a connect packet tells the client its id
 * requested       Refuse               unknown    a connect error tells the client why; it may try again
 * requested,      connect packet       the same   ignored
 *   joined
 * joined          disconnect packet    left       Left
 * joined          Leave, LeaveAll      left       a disconnect packet, and Left
 * left            connect packet       requested  Join: the owner decides
 * left            event, ack           left       dropped: it was sent before the client knew
 * unknown         event                the same   the session is closed
 * </pre>
 */
public final class Connection {
    private final ConnectionOptions options;
    private final EngineRevision revision;
    private final SocketParser.Decoder decoder;
    // Copied on change, which is rare: immutable collections of this size take the least memory.
    private Map<String, Member> members = Map.of();
    private Set<String> requested = Set.of();
    /** Namespaces that were left, the latest last; at most as many as may be joined. */
    private List<String> left = List.of();
    private boolean closing;
    private boolean closed;
    private int pendingAcks;
    private @Nullable Instant connectBy;
    private @Nullable Instant armedWake;
    private final Effects<ConnectionEffect> effects = new Effects<>();

    /** Creates the machine for a session of Engine.IO 4, which carries Socket.IO 5. */
    public Connection(ConnectionOptions options) {
        this(options, EngineRevision.V4);
    }

    /**
     * Creates the machine; {@link ConnectionInput.Opened} is its first input.
     *
     * @param revision of the Engine.IO session: revision 3 carries Socket.IO 4, revision 4 carries Socket.IO 5
     */
    public Connection(ConnectionOptions options, EngineRevision revision) {
        this.options = options;
        this.revision = revision;
        this.decoder = options.parser().decoder(options.limits());
    }

    /** Returns the bytes held of a packet that is incomplete. */
    public long incomplete() {
        return decoder.incomplete();
    }

    /** Handles one input and returns the effects to perform, in order. */
    public List<ConnectionEffect> on(ConnectionInput input, Instant now) {
        effects.clear();
        handle(input, now);
        return effects.take();
    }

    private void handle(ConnectionInput input, Instant now) {
        if (closed) {
            if (input instanceof ConnectionInput.Emit emit && emit.request() != null) {
                effects.add(new ConnectionEffect.AckFailed(emit.request().token(),
                        ConnectionEffect.AckFailure.LEFT));
            }
            return;
        }
        switch (input) {
            case ConnectionInput.TextReceived text -> received(text);
            case ConnectionInput.BinaryReceived binary -> received(binary);
            case ConnectionInput.Emit emit -> emit(emit);
            case ConnectionInput.Forward forward -> {
                if (members.containsKey(forward.namespace())) {
                    effects.add(new ConnectionEffect.Send(forward.packets()));
                }
            }
            case ConnectionInput.Acknowledge ack -> acknowledge(ack);
            case ConnectionInput.Accept accept -> accept(accept);
            case ConnectionInput.Refuse refuse -> refuse(refuse);
            case ConnectionInput.Leave leave -> leave(leave.namespace());
            case ConnectionInput.LeaveAll all -> {
                members.keySet().forEach(this::leave);
                closeSession(CloseReason.FORCED_CLOSE);
            }
            case ConnectionInput.SessionClosed session -> sessionClosed(session.reason());
            case ConnectionInput.Opened opened -> opened(now);
            case ConnectionInput.Tick tick -> tick(now);
        }
    }

    private void opened(Instant now) {
        connectBy = now.plus(options.connectTimeout());
        wakeAt(connectBy);
        if (revision == EngineRevision.V3) {
            // Socket.IO v4: clients join the default namespace without a connect packet.
            connect(new SocketPacket.Connect(SocketPacket.DEFAULT_NAMESPACE, null));
        }
    }

    private void received(ConnectionInput.TextReceived text) {
        try {
            decoder.decode(text.message()).ifPresent(this::received);
        } catch (MalformedPacketException e) {
            closeSession(CloseReason.PARSE_ERROR);
        }
    }

    private void received(ConnectionInput.BinaryReceived binary) {
        try {
            decoder.decode(binary.binary()).ifPresent(this::received);
        } catch (MalformedPacketException e) {
            closeSession(CloseReason.PARSE_ERROR);
        }
    }

    private void received(SocketPacket packet) {
        if (closing) {
            return;
        }
        String namespace = packet.namespace();
        switch (packet) {
            case SocketPacket.Event event -> {
                if (members.containsKey(namespace)) {
                    effects.add(new ConnectionEffect.Deliver(namespace, event.ackId(), event.arguments()));
                } else if (!left.contains(namespace)) {
                    // Socket.IO v5, "Connection to a namespace": a client must not send events before it has joined.
                    closeSession(CloseReason.FORCED_SERVER_CLOSE);
                }
            }
            case SocketPacket.Ack ack -> {
                var member = members.get(namespace);
                var request = member == null || member.pendingAcks.isEmpty() ? null
                        : member.pendingAcks.remove(ack.ackId());
                if (request != null) {
                    pendingAcks--;
                    effects.add(new ConnectionEffect.Acknowledged(request.token(), ack.arguments()));
                }
            }
            case SocketPacket.Connect connect ->
                connect(revision == EngineRevision.V3 ? SocketIo4.connect(connect) : connect);
            case SocketPacket.Disconnect disconnect ->
                drop(namespace, CloseReason.CLIENT_NAMESPACE_DISCONNECT);
            case SocketPacket.ConnectError error -> closeSession(CloseReason.PARSE_ERROR);
        }
    }

    private void connect(SocketPacket.Connect connect) {
        String namespace = connect.namespace();
        if (members.containsKey(namespace) || requested.contains(namespace)) {
            return; // closing the session, as the reference server does, would lose more than it protects
        }
        if (members.size() + requested.size() >= options.maxNamespaces()) {
            closeSession(CloseReason.PARSE_ERROR);
            return;
        }
        requested = with(requested, namespace);
        left = left.stream().filter(name -> !name.equals(namespace)).toList();
        effects.add(new ConnectionEffect.Join(namespace, connect.json()));
    }

    private void accept(ConnectionInput.Accept accept) {
        if (requested.contains(accept.namespace())) {
            requested = without(requested, accept.namespace());
            // Only now: a client that is refused again and again has joined nothing.
            connectBy = null;
            var more = new HashMap<>(members);
            more.put(accept.namespace(), new Member());
            members = Map.copyOf(more);
            // Socket.IO v5: the client is told an id other than the session's; v4: it is told none.
            send(new SocketPacket.Connect(accept.namespace(),
                    revision == EngineRevision.V3 ? null : accept.json()));
        }
    }

    private void refuse(ConnectionInput.Refuse refuse) {
        if (requested.contains(refuse.namespace())) {
            requested = without(requested, refuse.namespace());
            send(new SocketPacket.ConnectError(refuse.namespace(),
                    revision == EngineRevision.V3 ? SocketIo4.refusal(refuse.json()) : refuse.json()));
        }
    }

    private void emit(ConnectionInput.Emit emit) {
        var request = emit.request();
        var member = members.get(emit.namespace());
        if (request == null) {
            if (member != null) {
                send(new SocketPacket.Event(emit.namespace(), null, emit.event()));
            }
        } else if (member == null) {
            effects.add(new ConnectionEffect.AckFailed(request.token(), ConnectionEffect.AckFailure.LEFT));
        } else if (pendingAcks >= options.maxPendingAcks()) {
            effects.add(
                    new ConnectionEffect.AckFailed(request.token(), ConnectionEffect.AckFailure.TOO_MANY));
        } else {
            pendingAcks++;
            long ackId = member.nextAckId++;
            if (member.pendingAcks.isEmpty()) {
                member.pendingAcks = new LinkedHashMap<>(2);
            }
            member.pendingAcks.put(ackId, request);
            send(new SocketPacket.Event(emit.namespace(), ackId, emit.event()));
            wakeAt(request.by());
        }
    }

    private void acknowledge(ConnectionInput.Acknowledge ack) {
        if (members.containsKey(ack.namespace())) {
            send(new SocketPacket.Ack(ack.namespace(), ack.ackId(), ack.arguments()));
        }
    }

    private void leave(String namespace) {
        if (members.containsKey(namespace)) {
            send(new SocketPacket.Disconnect(namespace));
            drop(namespace, CloseReason.SERVER_NAMESPACE_DISCONNECT);
        }
    }

    private void drop(String namespace, CloseReason reason) {
        var member = members.get(namespace);
        if (member != null) {
            var others = new HashMap<>(members);
            others.remove(namespace);
            members = Map.copyOf(others);
            left = Stream.concat(left.stream(), Stream.of(namespace))
                    .skip(left.size() < options.maxNamespaces() ? 0 : 1)
                    .toList();
            failAcks(member);
            effects.add(new ConnectionEffect.Left(namespace, reason));
        }
    }

    private void sessionClosed(CloseReason reason) {
        closed = true;
        members.keySet().forEach(namespace -> drop(namespace, reason));
    }

    private void failAcks(Member member) {
        for (ConnectionInput.AckRequest request : member.pendingAcks.values()) {
            effects.add(new ConnectionEffect.AckFailed(request.token(), ConnectionEffect.AckFailure.LEFT));
        }
        pendingAcks -= member.pendingAcks.size();
    }

    private void tick(Instant now) {
        armedWake = null;
        if (connectBy != null && !connectBy.isAfter(now)) {
            closeSession(CloseReason.FORCED_SERVER_CLOSE);
            return;
        }
        if (connectBy != null) {
            wakeAt(connectBy);
        }
        for (Member member : members.values()) {
            var requests = member.pendingAcks.values().iterator();
            while (requests.hasNext()) {
                var request = requests.next();
                if (request.by().isAfter(now)) {
                    wakeAt(request.by());
                } else {
                    requests.remove();
                    pendingAcks--;
                    effects.add(new ConnectionEffect.AckFailed(request.token(),
                            ConnectionEffect.AckFailure.TIMEOUT));
                }
            }
        }
    }

    private void send(SocketPacket packet) {
        effects.add(new ConnectionEffect.Send(options.parser().encode(packet)));
    }

    private void closeSession(CloseReason reason) {
        closing = true;
        effects.add(new ConnectionEffect.CloseSession(reason));
    }

    private void wakeAt(Instant at) {
        if (armedWake == null || at.isBefore(armedWake)) {
            armedWake = at;
            effects.add(new ConnectionEffect.Wake(at));
        }
    }

    private static Set<String> with(Set<String> names, String name) {
        var more = new HashSet<>(names);
        more.add(name);
        return Set.copyOf(more);
    }

    private static Set<String> without(Set<String> names, String name) {
        if (!names.contains(name)) {
            return names;
        }
        var others = new HashSet<>(names);
        others.remove(name);
        return Set.copyOf(others);
    }

    /** A namespace that the client has joined. */
    private static final class Member {
        private Map<Long, ConnectionInput.AckRequest> pendingAcks = Map.of();
        private long nextAckId;
    }
}
