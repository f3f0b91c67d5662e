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
 * What an Engine.IO server says when it opens a session.
 *
 * @param sid        a secret: in no report
 * @param maxPayload the largest body it announces to take, in bytes; some servers do not say
 */
public record Handshake(String sid, List<String> upgrades, Duration pingInterval, Duration pingTimeout,
        OptionalLong maxPayload) {
    private static final JsonFactory JSON = new JsonFactory();
    /** Revision 3 puts the length of each packet in front of it: as text, or in its binary form a byte for each digit, ended by 255. */
    private static final Pattern LENGTH = Pattern
            .compile("^(?:\\d{1,9}:|[\\x00\\x01][\\x00-\\x09]{1,9}[\\x{ff}\\x{fffd}])");

    public Handshake {
        upgrades = List.copyOf(upgrades);
    }

    /** Reads the first packet of a polling body or a text frame, of either revision; empty if that is no handshake. */
    public static Optional<Handshake> read(String body) {
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

    /** The same for a polling body that has to be of this revision: servers of the 2.x line answer every revision with theirs. */
    public static Optional<Handshake> read(int revision, String body) {
        return LENGTH.matcher(body).find() == (revision == 3) ? read(body) : Optional.empty();
    }

    private static Optional<Handshake> read(JsonParser parser) {
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
                : Optional.of(new Handshake(sid, upgrades, Duration.ofMillis(interval),
                        Duration.ofMillis(timeout), max > 0 ? OptionalLong.of(max) : OptionalLong.empty()));
    }

    public boolean offersWebSocket() {
        return upgrades.contains("websocket");
    }
}
