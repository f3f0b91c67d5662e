package dev.parley.doctor.session;

import dev.parley.doctor.wire.Request;
import dev.parley.doctor.wire.ServerAddress;
import dev.parley.protocol.engine.EngineQuery;
import dev.parley.protocol.engine.EngineRevision;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.socket.SocketPacket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The server to examine, and what each request to it carries.
 *
 * @param path      of Engine.IO, commonly {@code /socket.io/}
 * @param namespace of Socket.IO, commonly {@code /}
 * @param query     encoded pairs that each request carries, such as {@code token=abc}
 * @param headers   that each request carries
 * @param origin    of the page that would connect, for CORS
 * @param auth      a JSON object that CONNECT carries
 */
public record Target(ServerAddress endpoint, String path, String namespace, List<String> query,
        Map<String, String> headers, Optional<String> origin, Optional<String> auth) {
    public Target {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Returns the target of a redirect. Drops the credentials if it leads to another host or from TLS to plain text. */
    public Target redirectedTo(ServerAddress other, String otherPath) {
        boolean trusted = other.host().equalsIgnoreCase(endpoint.host()) && (other.tls() || !endpoint.tls());
        return trusted ? new Target(other, otherPath, namespace, query, headers, origin, auth)
                : new Target(other, otherPath, namespace, List.of(), Map.of(), origin, Optional.empty());
    }

    /** Returns true if requests carry a query, headers or credentials that only this host should receive. */
    public boolean hasCredentials() {
        return !query.isEmpty() || !headers.isEmpty() || auth.isPresent();
    }

    /** Returns how the URL was read: the path of Socket.IO and the namespace. */
    public String reading() {
        return "path " + path + ", namespace " + namespace;
    }

    public String url() {
        return endpoint.origin() + path;
    }

    /** Returns the target of a request; {@code sid} is empty for a handshake. */
    public String requestTarget(EngineRevision revision, TransportKind transport, Optional<String> sid) {
        return requestTarget(path, revision, transport, sid);
    }

    public String requestTarget(String atPath, EngineRevision revision, TransportKind transport,
            Optional<String> sid) {
        // A unique value keeps proxies from responding from a cache; the browser client does the same.
        String stamp = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
        var parameters = EngineQuery.of(revision, transport).stamp(stamp);
        sid.ifPresent(parameters::sid);
        query.forEach(parameters::withEncoded);
        return atPath + "?" + parameters;
    }

    /** Adds the headers that every request carries. */
    public Request decorate(Request request) {
        var decorated = request.with("User-Agent", "parley-doctor").with(headers);
        boolean hasOrigin = request.headers().stream().anyMatch(header -> header.getKey().equals("Origin"));
        return origin.isPresent() && !hasOrigin ? decorated.with("Origin", origin.get()) : decorated;
    }

    /** Returns the Socket.IO CONNECT packet for the namespace. */
    public SocketPacket connectPacket() {
        return new SocketPacket.Connect(namespace, auth.orElse(null));
    }
}
