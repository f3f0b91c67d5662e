package dev.parley.doctor.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    /** socketioxide sends the code as a string. */
    private static final Pattern CODE = Pattern
            .compile("^\\s*\\{\\s*\"code\"\\s*:\\s*(?<quote>\"?)(?<code>[0-5])\\k<quote>\\s*[,}]");
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"([^\"]*)\"");
    private static final int FORBIDDEN = 4;
    /** The texts of the error codes, which the reference server sends without JSON where it refuses an upgrade. */
    private static final List<String> TEXTS = List.of("Transport unknown", "Session ID unknown",
            "Bad handshake method", "Bad request", "Forbidden", "Unsupported protocol version");
    /** The response of python-engineio; the session id follows. */
    private static final String PYTHON_UNKNOWN = "\"Invalid session";

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns the code of an Engine.IO error, such as 1 for an unknown session id. Other interfaces have codes in JSON, too. */
    public OptionalInt engineCode() {
        var found = CODE.matcher(text());
        if (found.find()) {
            int code = Integer.parseInt(found.group("code"));
            var message = MESSAGE.matcher(text());
            boolean usual = status == 400 && message.find() && message.group(1).equals(TEXTS.get(code));
            // The application words its own refusals.
            return usual || (status == 403 && code == FORBIDDEN) ? OptionalInt.of(code) : OptionalInt.empty();
        }
        int text = status == 400 ? TEXTS.indexOf(text().strip()) : -1;
        return text < 0 ? OptionalInt.empty() : OptionalInt.of(text);
    }

    /** Returns whether a server says that it does not know the session: by code 1, or as some others do. */
    public boolean isSessionUnknown() {
        return hasEngineCode(1) || isBlankError() || (status == 400 && text().startsWith(PYTHON_UNKNOWN));
    }

    public boolean hasEngineCode(int code) {
        return engineCode().orElse(-1) == code;
    }

    /** Returns whether the status is one that a proxy sends in place of its server, or a server that fails. */
    public boolean isOfProxy() {
        return (status >= 500 && status <= 504) || (status >= 520 && status <= 530);
    }

    /** Returns whether a port for TLS refuses a request without it. */
    public boolean isOfTlsPort() {
        String text = text();
        return status == 400 && (text.contains("The plain HTTP request was sent to HTTPS port")
                || text.contains("speaking plain HTTP to an SSL-enabled server port")
                || text.contains("Client sent an HTTP request to an HTTPS server"));
    }

    /** Returns whether this may be the response of something else that serves the path, so that Socket.IO may be at another one. */
    public boolean isNoAnswerOfSocketIo() {
        return engineCode().isEmpty() && !isOfProxy() && status != 401 && status != 403 && status != 429;
    }

    /** Returns whether a server says that it does not know the session in no more than an empty error, as one that fails does. */
    public boolean isBlankError() {
        return status == 500 && body.length == 0;
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
