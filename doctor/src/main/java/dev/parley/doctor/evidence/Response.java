package dev.parley.doctor.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * An HTTP response.
 *
 * @param body      the body, truncated at the limit of the reader
 * @param firstByte time from the last byte of the request to the first of the response
 * @param total     time from the last byte of the request to the last of the response
 */
public record Response(int status, HttpHeaders headers, byte[] body, Duration firstByte, Duration total) {
    private static final Pattern CODE = Pattern.compile("^\\s*\\{\\s*\"code\"\\s*:\\s*(\\d{1,3})\\b");

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the code of an Engine.IO error, such as 1 for an unknown session id. */
    public OptionalInt engineCode() {
        var found = CODE.matcher(text());
        return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
    }

    public boolean hasEngineCode(int code) {
        return engineCode().orElse(-1) == code;
    }

    public boolean isHtml() {
        return headers.contains("content-type", "text/html")
                || text().stripLeading().toLowerCase(Locale.ROOT).startsWith("<!doctype html")
                || text().stripLeading().toLowerCase(Locale.ROOT).startsWith("<html");
    }

    public boolean isRedirect() {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }
}
