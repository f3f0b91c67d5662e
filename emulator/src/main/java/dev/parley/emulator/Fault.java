package dev.parley.emulator;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that goes wrong on purpose, written {@code KIND[@SECONDSs][#STREAM]}: {@code throttlingException@3s#2} throws in the second stream,
 * three seconds after its first event.
 *
 * @param after  the stream's first event; an answer with a status comes at once
 * @param stream the how manieth stream since the start, or 0 for each
 */
public record Fault(Kind kind, String detail, Duration after, int stream) {

    /** What can be asked for, to be shown to people. */
    public static final String HELP = "http-STATUS, an exception's name (like throttlingException), reset, goaway, end, cut, stall or slow, each "
            + "with @SECONDSs and #STREAM if wanted, like modelTimeoutException@3s#1";

    /** The service's own, those of its streams first, then those with which it refuses a request. */
    public static final List<String> EXCEPTIONS = List.of("internalServerException",
            "modelStreamErrorException", "modelTimeoutException", "serviceUnavailableException",
            "throttlingException", "validationException", "accessDeniedException", "modelErrorException",
            "modelNotReadyException", "resourceNotFoundException", "serviceQuotaExceededException");

    /** The words with which a fault may begin, but for the statuses. */
    public static final List<String> NAMES = Stream
            .concat(Stream.of("reset", "goaway", "end", "cut", "stall", "slow"), EXCEPTIONS.stream())
            .toList();

    private static final Pattern WRITTEN = Pattern
            .compile("([A-Za-z0-9:=_/. -]{1,200}?)(?:@(\\d{1,6}(?:\\.\\d{1,3})?)s)?(?:#(\\d{1,6}))?");

    /** What happens. */
    public enum Kind {
        /** The request is answered with the status in {@code detail}. */
        STATUS,
        /** The exception in {@code detail}, perhaps with a message after a colon, is thrown in the stream. */
        EXCEPTION,
        /** The stream is reset. */
        RESET,
        /** The stream's connection takes no new ones; those that it has go on. */
        GOAWAY,
        /** The stream ends without a word. */
        END,
        /** The stream ends in the middle of a message. */
        CUT,
        /** Nothing is read and nothing is said any more. */
        STALL,
        /** Reading is slow: a few thousand bytes a second. */
        SLOW
    }

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException with a sentence, if it is none
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
            case "stall" -> Kind.STALL;
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
        double seconds = parts.group(2) == null ? 0 : Double.parseDouble(parts.group(2));
        return new Fault(kind, kind == Kind.STATUS ? name.substring(5) : name,
                Duration.ofMillis(Math.round(seconds * 1000)),
                parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
    }

    boolean hits(int number) {
        return stream == 0 || stream == number;
    }
}
