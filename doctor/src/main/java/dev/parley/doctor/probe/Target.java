package dev.parley.doctor.probe;

import dev.parley.doctor.wire.Endpoint;
import dev.parley.doctor.wire.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What is examined.
 *
 * @param path      of Engine.IO, commonly {@code /socket.io/}
 * @param namespace of Socket.IO, commonly {@code /}
 * @param query     encoded pairs that each request carries, such as {@code token=abc}
 * @param headers   that each request carries
 * @param origin    of the page on whose behalf it is examined
 * @param auth      a JSON object that CONNECT carries
 */
public record Target(Endpoint endpoint, String path, String namespace, List<String> query,
        Map<String, String> headers, Optional<String> origin, Optional<String> auth) {
    public Target {
        query = List.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** The same elsewhere. What was entrusted to one host is told to no other, and not in the clear where it was given under TLS. */
    public Target at(Endpoint other, String otherPath) {
        boolean trusted = other.host().equalsIgnoreCase(endpoint.host()) && (other.tls() || !endpoint.tls());
        return trusted ? new Target(other, otherPath, namespace, query, headers, origin, auth)
                : new Target(other, otherPath, namespace, List.of(), Map.of(), origin, Optional.empty());
    }

    /** Whether there is something in it that only this host should see. */
    public boolean entrusts() {
        return !query.isEmpty() || !headers.isEmpty() || auth.isPresent();
    }

    public String url() {
        return endpoint.origin() + path;
    }

    /** The target of a request; {@code sid} null for a handshake. */
    String target(int revision, String transport, Optional<String> sid) {
        return target(path, revision, transport, sid);
    }

    String target(String atPath, int revision, String transport, Optional<String> sid) {
        // The stamp keeps middleboxes from answering out of a cache, as the browser's client does.
        String stamp = Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36);
        var target = new StringBuilder(atPath).append("?EIO=")
                .append(revision)
                .append("&transport=")
                .append(transport)
                .append("&t=")
                .append(stamp);
        sid.ifPresent(id -> target.append("&sid=").append(URLEncoder.encode(id, StandardCharsets.UTF_8)));
        query.forEach(pair -> target.append('&').append(pair));
        return target.toString();
    }

    /** The request as it is sent: with the headers of all. */
    Request dress(Request request) {
        var dressed = request.with("User-Agent", "parley-doctor").with(headers);
        boolean hasOrigin = request.headers().stream().anyMatch(header -> header.getKey().equals("Origin"));
        return origin.isPresent() && !hasOrigin ? dressed.with("Origin", origin.get()) : dressed;
    }

    /** The text of a CONNECT to the namespace, after the message type. */
    String connect() {
        String at = namespace.equals("/") ? "" : namespace + ",";
        return "0" + at + auth.orElse("");
    }
}
