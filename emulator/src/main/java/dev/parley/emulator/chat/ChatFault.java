package dev.parley.emulator.chat;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Describes a deliberate fault, written {@code KIND[:DETAIL][#REQUEST]}. For example, {@code http-429:2#1} refuses the first request and asks
 * for a retry after two seconds; {@code cut:5} ends each stream in the middle of a message after five pieces of text.
 *
 * @param detail  see the kind
 * @param request number of the request since the start, or 0 for each request
 */
public record ChatFault(Kind kind, String detail, int request) {

    /** Lists the possible faults, to be shown to users. */
    public static final String HELP = "http-STATUS[:RETRY-AFTER], drop, cut[:PIECES], end[:PIECES], stall[:PIECES], malformed, repeat, no-usage or "
            + "redirect:URL, each with #REQUEST if wanted, like http-429:2#1 or stall:3";

    /** Names with which a fault may begin, except the statuses. */
    public static final List<String> NAMES = List.of("drop", "cut", "end", "stall", "malformed", "repeat",
            "no-usage", "redirect");

    private static final Pattern WRITTEN = Pattern
            .compile("([a-z0-9-]{3,20})(?::([^#\\s]{1,200}))?(?:#(\\d{1,6}))?");
    private static final int SOME = 3;

    /** Kind of fault. */
    public enum Kind {
        /** Responds with a status and an error in the service's format; a 429 may have the header {@code Retry-After}. */
        STATUS,
        /** Closes the connection in place of a response. */
        DROP,
        /** Closes the connection in the middle of the stream, after some pieces of text. */
        CUT,
        /** Ends the stream properly, after some pieces of text, but without a reason and without its last message. */
        END,
        /** Sends nothing more after some pieces of text, and keeps the connection. */
        STALL,
        /** Sends arguments of tool calls that are no JSON. */
        MALFORMED,
        /** Repeats the text without an end. */
        REPEAT,
        /** Does not report usage, although it was asked for. */
        NO_USAGE,
        /** Redirects to the URL in the detail. */
        REDIRECT
    }

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static ChatFault parse(String text) {
        var parts = WRITTEN.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a fault: use " + HELP);
        }
        String detail = parts.group(2) == null ? "" : parts.group(2);
        int request = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        String name = parts.group(1);
        if (name.matches("http-[45]\\d\\d")) {
            return new ChatFault(Kind.STATUS, name.substring("http-".length()) + ":" + detail, request);
        }
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a fault: use " + HELP);
        }
        var fault = new ChatFault(Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')), detail,
                request);
        if (fault.ends() && !detail.matches("\\d{0,4}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\": the number of pieces is missing after the colon");
        }
        return fault;
    }

    /** Returns whether the fault ends a stream after some pieces of text. */
    boolean ends() {
        return kind == Kind.CUT || kind == Kind.END || kind == Kind.STALL;
    }

    boolean hits(int number) {
        return request == 0 || request == number;
    }

    int status() {
        return Integer.parseInt(detail.substring(0, detail.indexOf(':')));
    }

    /** Returns the value of {@code Retry-After}, or "". */
    String retryAfter() {
        return detail.substring(detail.indexOf(':') + 1);
    }

    /** Returns the number of pieces of text before the fault. */
    int pieces() {
        return detail.isEmpty() ? SOME : Integer.parseInt(detail);
    }
}
