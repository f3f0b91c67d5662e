package dev.parley.protocol.engine;

import dev.parley.protocol.MalformedPacketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * The handshake of a session: what the server's open packet tells a client, as a JSON object. Immutable.
 *
 * @param sid          the session id: secret, never logged
 * @param upgrades     names of the transports to which the session can upgrade
 * @param pingInterval time between two pings; zero if the server announces none
 * @param pingTimeout  maximum time from a ping to its pong; zero if the server announces none
 * @param maxPayload   maximum size of a request body, in bytes; some servers announce none
 */
public record EngineHandshake(String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout,
        OptionalLong maxPayload) {
    /** The limit of the reference server (socket.io on Node.js), in bytes, for servers that announce none. */
    public static final int DEFAULT_MAX_PAYLOAD = 1_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** Copies the upgrades. */
    public EngineHandshake {
        upgrades = List.copyOf(upgrades);
    }

    /**
     * Reads the JSON of an open packet. Unknown fields are skipped; numbers that are missing or negative count as not announced.
     *
     * @throws MalformedPacketException if it is not a JSON object with a session id
     */
    public static EngineHandshake parse(String json) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedPacketException("a handshake that is no JSON object");
            }
            var handshake = read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedPacketException("data after the handshake");
            }
            return handshake;
        } catch (JacksonException e) {
            throw new MalformedPacketException("a handshake that is not JSON");
        }
    }

    private static EngineHandshake read(JsonParser parser) {
        String sid = "";
        var upgrades = new ArrayList<String>();
        long interval = 0;
        long timeout = 0;
        long payload = 0;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            var value = parser.nextToken();
            switch (name) {
                case "sid" -> sid = value == JsonToken.VALUE_STRING ? parser.getString() : skip(parser);
                case "pingInterval" -> interval = number(parser);
                case "pingTimeout" -> timeout = number(parser);
                case "maxPayload" -> payload = number(parser);
                case "upgrades" -> {
                    while (value == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                        if (parser.currentToken() == JsonToken.VALUE_STRING) {
                            upgrades.add(parser.getString());
                        } else {
                            skip(parser);
                        }
                    }
                    skip(parser);
                }
                default -> skip(parser);
            }
        }
        if (sid.isEmpty()) {
            throw new MalformedPacketException("a handshake without a session id");
        }
        return new EngineHandshake(sid, upgrades, Duration.ofMillis(interval), Duration.ofMillis(timeout),
                payload > 0 ? OptionalLong.of(payload) : OptionalLong.empty());
    }

    private static long number(JsonParser parser) {
        long number = Math.max(0, parser.getValueAsLong());
        skip(parser);
        return number;
    }

    private static String skip(JsonParser parser) {
        parser.skipChildren();
        return "";
    }

    /** Returns the JSON of the open packet. */
    public String json() {
        var json = new StringBuilder(128).append("{\"sid\":");
        quoted(json, sid).append(",\"upgrades\":[");
        for (int i = 0; i < upgrades.size(); i++) {
            json.append(i == 0 ? "" : ",");
            quoted(json, upgrades.get(i));
        }
        json.append("],\"pingInterval\":")
                .append(pingInterval.toMillis())
                .append(",\"pingTimeout\":")
                .append(pingTimeout.toMillis());
        maxPayload.ifPresent(bytes -> json.append(",\"maxPayload\":").append(bytes));
        return json.append('}').toString();
    }

    /** Returns whether the session can upgrade to WebSocket. */
    public boolean offersWebSocket() {
        return upgrades.contains(TransportKind.WEBSOCKET.text());
    }

    /** Returns the maximum time without a packet of the server, after which it counts as lost; zero if it announces no pings. */
    public Duration maxSilence() {
        return pingInterval.plus(pingTimeout);
    }

    private static StringBuilder quoted(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"');
    }
}
