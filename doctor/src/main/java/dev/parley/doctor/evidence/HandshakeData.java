package dev.parley.doctor.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The data of an Engine.IO handshake.
 *
 * @param sid        a secret; no report contains it
 * @param maxPayload announced maximum size of a body, in bytes; some servers omit it
 */
public record HandshakeData(String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout,
        OptionalLong maxPayload) {
    private static final JsonFactory JSON = new JsonFactory();
    /** Revision 3 prefixes each packet with its length: as text, or in binary form with one byte per digit and a final 255. */
    private static final Pattern LENGTH = Pattern
            .compile("^(?:\\d{1,9}:|[\\x00\\x01][\\x00-\\x09]{1,9}[\\x{ff}\\x{fffd}])");

    public HandshakeData {
        upgrades = List.copyOf(upgrades);
    }

    /** Reads the first packet of a polling body or a text frame of either revision; empty if it is not a handshake. */
    public static Optional<HandshakeData> read(String body) {
        String packet = LENGTH.matcher(body).replaceFirst("");
        if (!packet.startsWith("0{")) {
            return Optional.empty();
        }
        try (var parser = JSON.createParser(ObjectReadContext.empty(), packet.substring(1))) {
            return read(parser);
        } catch (JacksonException _notJson) {
            return Optional.empty();
        }
    }

    /** Reads a polling body that must be of this revision. Servers of Socket.IO 2.x respond with their own revision to every request. */
    public static Optional<HandshakeData> read(int revision, String body) {
        return LENGTH.matcher(body).find() == (revision == 3) ? read(body) : Optional.empty();
    }

    private static Optional<HandshakeData> read(JsonParser parser) {
        String sid = "";
        var upgrades = new ArrayList<String>();
        long interval = 0;
        long timeout = 0;
        long max = 0;
        parser.nextToken();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            var value = parser.nextToken();
            switch (name) {
                case "sid" -> sid = parser.getString();
                case "pingInterval" -> interval = parser.getValueAsLong();
                case "pingTimeout" -> timeout = parser.getValueAsLong();
                case "maxPayload" -> max = parser.getValueAsLong();
                case "upgrades" -> {
                    while (value == JsonToken.START_ARRAY && parser.nextToken() == JsonToken.VALUE_STRING) {
                        upgrades.add(parser.getString());
                    }
                }
                default -> parser.skipChildren();
            }
        }
        return sid == null || sid.isEmpty() ? Optional.empty()
                : Optional.of(new HandshakeData(sid, upgrades, Duration.ofMillis(interval),
                        Duration.ofMillis(timeout), max > 0 ? OptionalLong.of(max) : OptionalLong.empty()));
    }

    public boolean offersWebSocket() {
        return upgrades.contains("websocket");
    }
}
