package dev.parley.emulator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Describes a deliberate fault, written {@code KIND[@WHEN][#STREAM]}, where WHEN is {@code SECONDSs} or {@code MOMENT[TURN][+SECONDSs]}. For
 * example, {@code throttlingException@3s#2} throws in the second stream, three seconds after its first event; {@code reset@text2+0.1s} resets
 * each stream 0.1 s after the user's text in its second turn.
 *
 * @param moment moment from which {@code after} counts
 * @param turn   number of the turn in which the moment counts, from 1: a turn begins with speech or typed text of the user
 * @param after  delay after the moment; a response with a status is sent at once
 * @param stream number of the stream since the start, or 0 for every stream
 */
public record Fault(Kind kind, String detail, Moment moment, int turn, Duration after, int stream) {

    /** Lists the possible faults, to be shown to users. */
    public static final String HELP = "http-STATUS, an exception's name (like throttlingException), reset, goaway, end, cut, drop, stall, mute or slow, each "
            + "with @SECONDSs or @speech, @text or @answer and #STREAM if wanted, like modelTimeoutException@3s#1 or reset@answer2+0.5s";

    /** Exceptions of the service: first those of its streams, then those that reject a request. */
    public static final List<String> EXCEPTIONS = List.of("internalServerException",
            "modelStreamErrorException", "modelTimeoutException", "serviceUnavailableException",
            "throttlingException", "validationException", "accessDeniedException", "modelErrorException",
            "modelNotReadyException", "resourceNotFoundException", "serviceQuotaExceededException");

    /** Names with which a fault may begin, except the statuses. */
    public static final List<String> NAMES = Stream
            .concat(Stream.of("reset", "goaway", "end", "cut", "drop", "stall", "mute", "slow"),
                    EXCEPTIONS.stream())
            .toList();

    private static final String SECONDS = "(\\d{1,6}(?:\\.\\d{1,3})?)s";
    private static final Pattern WRITTEN = Pattern
            .compile("([A-Za-z0-9:=_/. -]{1,200}?)(?:@(?:(speech|text|answer)(\\d{1,2})?(?:\\+" + SECONDS
                    + ")?|" + SECONDS + "))?(?:#(\\d{1,6}))?");

    /** Kind of fault. */
    public enum Kind {
        /** Responds to the request with the status in {@code detail}. */
        STATUS,
        /** Throws the exception in {@code detail} in the stream, with a message if one follows a colon. */
        EXCEPTION,
        /** Resets the stream. */
        RESET,
        /** Makes the stream's connection take no new streams; the existing ones continue. */
        GOAWAY,
        /** Ends the stream without an error or a last event. */
        END,
        /** Ends the stream in the middle of a message. */
        CUT,
        /** Closes the connection, with all of its streams. */
        DROP,
        /** Stops reading and sending. */
        STALL,
        /** Stops sending, and goes on reading. */
        MUTE,
        /** Reads slowly: a few thousand bytes a second. */
        SLOW
    }

    /** Moment of a stream, or of a turn in it. */
    public enum Moment {
        /** The first event of the stream. */
        OPENED,
        /** The first loud sound of the user. */
        SPEECH,
        /** The text of the user was sent. */
        TEXT,
        /** The first audio of the assistant was sent. */
        ANSWER
    }

    /**
     * Parses a fault.
     *
     * @throws IllegalArgumentException if the text is not a fault; the message is a sentence that says so
     */
    public static Fault parse(String text) {
        var parts = WRITTEN.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a fault; say " + HELP);
        }
        String name = parts.group(1);
        Kind kind = switch (name) {
            case "reset" -> Kind.RESET;
            case "goaway" -> Kind.GOAWAY;
            case "end" -> Kind.END;
            case "cut" -> Kind.CUT;
            case "drop" -> Kind.DROP;
            case "stall" -> Kind.STALL;
            case "mute" -> Kind.MUTE;
            case "slow" -> Kind.SLOW;
            default -> name.startsWith("http-") ? Kind.STATUS : Kind.EXCEPTION;
        };
        if (kind == Kind.STATUS && !name.matches("http-[45]\\d\\d")) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a fault: a refusal has a status from 400 to 599, like http-403, http-429 or http-503");
        }
        if (kind == Kind.EXCEPTION && !EXCEPTIONS.contains(name.replaceFirst(":.*", ""))) {
            throw new IllegalArgumentException("\"" + text + "\" is not a fault; say " + HELP);
        }
        Moment moment = parts.group(2) == null ? Moment.OPENED
                : Moment.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
        int turn = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
        String delay = parts.group(4) == null ? parts.group(5) : parts.group(4);
        double seconds = delay == null ? 0 : Double.parseDouble(delay);
        return new Fault(kind, kind == Kind.STATUS ? name.substring(5) : name, moment, turn,
                Duration.ofMillis(Math.round(seconds * 1000)),
                parts.group(6) == null ? 0 : Integer.parseInt(parts.group(6)));
    }

    /** Returns whether it counts from this moment of this turn. */
    boolean begins(Moment at, int number) {
        return moment == at && (at == Moment.OPENED || turn == number);
    }

    boolean hits(int number) {
        return stream == 0 || stream == number;
    }
}
