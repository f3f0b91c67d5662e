package dev.parley.protocol.socket;

import java.util.List;

/**
 * The arguments of an event or an answer: the JSON array as it travels, {@code ["name",1,{"_placeholder":true,"num":0}]}, with the
 * attachments that its placeholders stand for. The text is kept raw, so that relaying costs no parse. The decoder hands out checked
 * ones; who builds one by hand vouches for the JSON. Attachments are not copied and must not be changed. Immutable; any thread.
 */
public record Arguments(String json, List<byte[]> attachments) {
    public Arguments {
        attachments = List.copyOf(attachments);
        if (json.length() < 2) {
            throw new IllegalArgumentException("arguments are a JSON array");
        }
    }

    public static Arguments of(String json) {
        return new Arguments(json, List.of());
    }

    /**
     * The name of the event: the first element. A number is allowed as a name and given as its text; anything else is empty. A plain
     * name costs a scan to its closing quote.
     */
    public String name() {
        if (json.startsWith("[\"")) {
            int end = json.indexOf('"', 2);
            if (end > 0 && json.lastIndexOf('\\', end) < 0) {
                return json.substring(2, end);
            }
        }
        return JsonCheck.firstScalar(json);
    }

    /** Characters and bytes held. */
    public int weight() {
        int weight = json.length();
        for (byte[] attachment : attachments) {
            weight += attachment.length;
        }
        return weight;
    }
}
