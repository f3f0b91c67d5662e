package dev.parley.cluster.message;

import dev.parley.server.adapter.PersistedSession;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The session of a client as {@code @socket.io/redis-streams-adapter} 0.3 keeps it: MessagePack in base64. Parley adds the namespace, in which alone it
 * restores the session; of a session that does not say it, {@code /} is assumed. Immutable; any thread.
 */
public final class SessionFormat {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final String ROOT = "/";
    private static final int MAX_ROOMS = 10_000;

    private final String namespace;
    private final int maxLength;
    private final Values values;

    /** @param maxLength characters of a session; larger ones are neither encoded nor decoded */
    public SessionFormat(String namespace, int maxLength, MessageLimits limits) {
        this.namespace = namespace;
        this.maxLength = maxLength;
        this.values = new Values(limits);
    }

    /** Returns whether a text can be an id that the reference server or Parley gave to a client. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Encodes a session; empty if it is too large. Data that cannot be written as JSON or bytes is left out. */
    public Optional<String> encode(PersistedSession session) {
        var tree = Values.object();
        tree.put("sid", session.sid());
        tree.put("pid", session.pid());
        tree.set("rooms", Values.texts(session.rooms()));
        tree.set("data", SocketValues.data(session.data()));
        tree.put("nsp", namespace);
        String text = Base64.getEncoder().encodeToString(MessagePackWriter.write(tree));
        return text.length() > maxLength ? Optional.empty() : Optional.of(text);
    }

    /** Decodes the session of a private id; empty if it cannot be understood, or is of another namespace. */
    public Optional<PersistedSession> decode(String pid, String text) {
        if (text.length() > maxLength) {
            return Optional.empty();
        }
        try {
            var tree = Values.requireObject(
                    values.messagePack(Base64.getDecoder().decode(text.getBytes(StandardCharsets.UTF_8))));
            String sid = Values.name(tree.path("sid"));
            var rooms = Values.names(tree.path("rooms"));
            boolean known = isId(sid) && pid.equals(tree.path("pid").asString(""))
                    && namespace.equals(tree.path("nsp").asString(ROOT)) && rooms.size() <= MAX_ROOMS;
            return known
                    ? Optional
                            .of(new PersistedSession(sid, pid, rooms, SocketValues.values(tree.path("data"))))
                    : Optional.empty();
        } catch (MalformedMessageException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
