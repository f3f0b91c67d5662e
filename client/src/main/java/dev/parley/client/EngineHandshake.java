package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The handshake of an Engine.IO session.
 *
 * @param sid          the session id: a secret, not for logs
 * @param upgrades     the transports to which the server can upgrade
 * @param pingInterval time between two pings of the server
 * @param pingTimeout  maximum time from a ping to its pong
 * @param maxPayload   maximum size of a request body, in bytes
 */
public record EngineHandshake(String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout,
        int maxPayload) {
    private static final int DEFAULT_PAYLOAD = 1_000_000;

    public EngineHandshake {
        upgrades = List.copyOf(upgrades);
    }

    static EngineHandshake parse(String json) {
        try {
            JsonNode open = JsonMapper.shared().readTree(json);
            String sid = open.path("sid").asString("");
            long interval = open.path("pingInterval").asLong(0);
            long timeout = open.path("pingTimeout").asLong(0);
            if (sid.isEmpty() || interval <= 0 || timeout <= 0) {
                throw new ClientException(Kind.PROTOCOL,
                        "The server's handshake lacks sid, pingInterval or pingTimeout.");
            }
            int payload = open.path("maxPayload").asInt(DEFAULT_PAYLOAD);
            var upgrades = open.path("upgrades").valueStream().map(node -> node.asString("")).toList();
            return new EngineHandshake(sid, upgrades, Duration.ofMillis(interval), Duration.ofMillis(timeout),
                    payload > 0 ? payload : DEFAULT_PAYLOAD);
        } catch (JacksonException e) {
            throw new ClientException(Kind.PROTOCOL, "The server's handshake is not JSON.");
        }
    }

    /** Returns the maximum time without a packet of the server, after which it has gone. */
    public Duration maxSilence() {
        return pingInterval.plus(pingTimeout);
    }
}
