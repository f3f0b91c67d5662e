package dev.parley.cluster.recovery;

import dev.parley.cluster.core.LogId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A client's position in the events, sent as the last argument of each. It says what the client has received: all entries of the
 * log up to a position, and of some servers also the broadcasts that they delivered before they were read from the log. As text, {@code
 * 1700000000000-0}, and for each of these servers {@code +SENDER:NUMBER}; adapters of Node.js understand a position only. The servers stand in the
 * order of their names. Immutable.
 *
 * @param ahead for each of these servers, the number of the last of its broadcasts
 */
record Offset(LogId position, Map<String, Long> ahead) {
    private static final String SERVER = "\\+([0-9A-Za-z]{1,32}):([0-9]{1,18})";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,20}-[0-9]{1,20})((?:" + SERVER + "){0,8})");
    private static final Pattern SERVERS = Pattern.compile(SERVER);
    private static final int MAX_LENGTH = 500;

    Offset {
        ahead = ahead.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(ahead));
    }

    static Offset at(LogId position) {
        return new Offset(position, Map.of());
    }

    static Optional<Offset> parse(String text) {
        var parts = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !parts.matches()) {
            return Optional.empty();
        }
        var ahead = new TreeMap<String, Long>();
        for (var server = SERVERS.matcher(parts.group(2)); server.find();) {
            ahead.put(server.group(1), Long.parseLong(server.group(2)));
        }
        return LogId.parse(parts.group(1)).map(position -> new Offset(position, ahead));
    }

    String text() {
        var text = new StringBuilder(position.text());
        ahead.forEach((sender, number) -> text.append('+').append(sender).append(':').append(number));
        return text.toString();
    }

    /** Returns whether a broadcast is one of those that are ahead of the log. */
    boolean includes(String sender, long number) {
        return number > 0 && number <= ahead.getOrDefault(sender, 0L);
    }

    /** Returns this offset with the broadcasts of one more server. */
    Offset with(String sender, long number) {
        var more = new TreeMap<>(ahead);
        more.put(sender, number);
        return new Offset(position, more);
    }
}
