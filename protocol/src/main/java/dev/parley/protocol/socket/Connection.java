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
 * The Socket.IO side of one session: which namespaces its client is in, and the answers both sides wait for. Not thread-safe: one
 * thread at a time. Bounded by its {@link ConnectionOptions}.
 *
 * <pre>
 * a namespace   input                  next     because
 * unknown       connect packet         asked    the owner decides
 * asked         Accept                 in       the client is told its id
 * asked, in     connect packet         –        ignored
 * asked         Refuse                 unknown  the client is told why, and may ask again
 * in            disconnect packet      left
 * in            Leave, LeaveAll        left     the client is told
 * left          connect packet         asked
 * left          event, answer          left     crossed on the way; dropped
 * unknown       event                  –        the session is closed
 * </pre>
 */
public final class Connection {
    private final ConnectionOptions options;
    private final EngineRevision revision;
    private final SocketParser.Decoder decoder;
    // Copied when they change, which is seldom, and no larger than what is in them, which is next to nothing.
    private Map<String, Member> members = Map.of();
    private Set<String> asked = Set.of();
    /** The last ones that were left, as many as may be joined, the latest last. */
    private List<String> left = List.of();
    private boolean closing;
    private boolean closed;
    private int pendingAcks;
    private @Nullable Instant connectBy;
    private @Nullable Instant told;
    private final Effects<ConnectionEffect> effects = new Effects<>();

    /** The side of a session of revision 4, over which revision 5 of Socket.IO is spoken. */
    public Connection(ConnectionOptions options) {
        this(options, EngineRevision.V4);
    }

    /**
     * The side of a session that is still to be given its first input.
     *
     * @param revision of the session: over one of revision 3, revision 4 of Socket.IO is spoken
     */
    public Connection(ConnectionOptions options, EngineRevision revision) {
        this.options = options;
        this.revision = revision;
        this.decoder = options.parser().decoder(options.limits());
    }

    /** Bytes held of a packet that is not complete. */
    public long incomplete() {
        return decoder.incomplete();
    }

    /** Takes in what happened at an instant, and answers what is to be done, in that order. */
    public List<ConnectionEffect> on(ConnectionInput input, Instant now) {
        effects.clear();
        handle(input, now);
        return effects.take();
    }

    private void handle(ConnectionInput input, Instant now) {
        if (closed) {
            if (input instanceof ConnectionInput.Emit emit && emit.wish() != null) {
                effects.add(
                        new ConnectionEffect.Unanswered(emit.wish().token(), ConnectionEffect.NoAnswer.LEFT));
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
            case ConnectionInput.Answer answer -> answer(answer);
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
            // Socket.IO v4: the default namespace is joined without being asked for.
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
                    // Socket.IO v5, "Connection to a namespace": events before it are a fault of the client.
                    closeSession(CloseReason.FORCED_SERVER_CLOSE);
                }
            }
            case SocketPacket.Ack ack -> {
                var member = members.get(namespace);
                var wish = member == null || member.wishes.isEmpty() ? null
                        : member.wishes.remove(ack.ackId());
                if (wish != null) {
                    pendingAcks--;
                    effects.add(new ConnectionEffect.Answered(wish.token(), ack.arguments()));
                }
            }
            case SocketPacket.Connect connect ->
                connect(revision == EngineRevision.V3 ? Revision4.connect(connect) : connect);
            case SocketPacket.Disconnect disconnect ->
                drop(namespace, CloseReason.CLIENT_NAMESPACE_DISCONNECT);
            case SocketPacket.ConnectError error -> closeSession(CloseReason.PARSE_ERROR);
        }
    }

    private void connect(SocketPacket.Connect connect) {
        String namespace = connect.namespace();
        if (members.containsKey(namespace) || asked.contains(namespace)) {
            return; // a client that lost sight of its own request loses nothing else for it
        }
        if (members.size() + asked.size() >= options.maxNamespaces()) {
            closeSession(CloseReason.PARSE_ERROR);
            return;
        }
        asked = with(asked, namespace);
        left = left.stream().filter(name -> !name.equals(namespace)).toList();
        effects.add(new ConnectionEffect.Join(namespace, connect.json()));
    }

    private void accept(ConnectionInput.Accept accept) {
        if (asked.contains(accept.namespace())) {
            asked = without(asked, accept.namespace());
            // Not before: who asks and is refused, again and again, has joined nothing.
            connectBy = null;
            var more = new HashMap<>(members);
            more.put(accept.namespace(), new Member());
            members = Map.copyOf(more);
            // Socket.IO v5: the id is the application's, not the session's; v4: none is told.
            send(new SocketPacket.Connect(accept.namespace(),
                    revision == EngineRevision.V3 ? null : accept.json()));
        }
    }

    private void refuse(ConnectionInput.Refuse refuse) {
        if (asked.contains(refuse.namespace())) {
            asked = without(asked, refuse.namespace());
            send(new SocketPacket.ConnectError(refuse.namespace(),
                    revision == EngineRevision.V3 ? Revision4.refusal(refuse.json()) : refuse.json()));
        }
    }

    private void emit(ConnectionInput.Emit emit) {
        var wish = emit.wish();
        var member = members.get(emit.namespace());
        if (wish == null) {
            if (member != null) {
                send(new SocketPacket.Event(emit.namespace(), null, emit.event()));
            }
        } else if (member == null) {
            effects.add(new ConnectionEffect.Unanswered(wish.token(), ConnectionEffect.NoAnswer.LEFT));
        } else if (pendingAcks >= options.maxPendingAcks()) {
            effects.add(new ConnectionEffect.Unanswered(wish.token(), ConnectionEffect.NoAnswer.TOO_MANY));
        } else {
            pendingAcks++;
            long ackId = member.nextAckId++;
            if (member.wishes.isEmpty()) {
                member.wishes = new LinkedHashMap<>(2);
            }
            member.wishes.put(ackId, wish);
            send(new SocketPacket.Event(emit.namespace(), ackId, emit.event()));
            wakeAt(wish.by());
        }
    }

    private void answer(ConnectionInput.Answer answer) {
        if (members.containsKey(answer.namespace())) {
            send(new SocketPacket.Ack(answer.namespace(), answer.ackId(), answer.arguments()));
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
            unanswered(member);
            effects.add(new ConnectionEffect.Left(namespace, reason));
        }
    }

    private void sessionClosed(CloseReason reason) {
        closed = true;
        members.keySet().forEach(namespace -> drop(namespace, reason));
    }

    private void unanswered(Member member) {
        for (ConnectionInput.AckWish wish : member.wishes.values()) {
            effects.add(new ConnectionEffect.Unanswered(wish.token(), ConnectionEffect.NoAnswer.LEFT));
        }
        pendingAcks -= member.wishes.size();
    }

    private void tick(Instant now) {
        told = null;
        if (connectBy != null && !connectBy.isAfter(now)) {
            closeSession(CloseReason.FORCED_SERVER_CLOSE);
            return;
        }
        if (connectBy != null) {
            wakeAt(connectBy);
        }
        for (Member member : members.values()) {
            var wishes = member.wishes.values().iterator();
            while (wishes.hasNext()) {
                var wish = wishes.next();
                if (wish.by().isAfter(now)) {
                    wakeAt(wish.by());
                } else {
                    wishes.remove();
                    pendingAcks--;
                    effects.add(
                            new ConnectionEffect.Unanswered(wish.token(), ConnectionEffect.NoAnswer.TIMEOUT));
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
        if (told == null || at.isBefore(told)) {
            told = at;
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

    /** The client's side of one namespace it is in. */
    private static final class Member {
        private Map<Long, ConnectionInput.AckWish> wishes = Map.of();
        private long nextAckId;
    }
}
