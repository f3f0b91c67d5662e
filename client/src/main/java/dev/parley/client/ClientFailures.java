package dev.parley.client;

import dev.parley.client.ClientException.Kind;
import dev.parley.protocol.engine.EngineHandshake;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns exceptions and unexpected responses of the network into exceptions with a helpful message. */
final class ClientFailures {
    private static final int MAX_TOLD = 200;

    private ClientFailures() {}

    /** Returns the exception for a failure to connect or send. */
    static ClientException of(Address address, Throwable thrown) {
        if (thrown instanceof ClientException known) {
            return known;
        }
        String page = address.page();
        if (find(thrown, UnresolvedAddressException.class) || find(thrown, UnknownHostException.class)) {
            return new ClientException(Kind.UNKNOWN_HOST,
                    "The host of " + page + " is not known; check its spelling.");
        }
        if (find(thrown, HttpTimeoutException.class)) {
            return new ClientException(Kind.TIMEOUT, page + " did not answer in time.");
        }
        if (find(thrown, ConnectException.class)) {
            return new ClientException(Kind.REFUSED, "Nothing answers at " + page
                    + " (connection refused); is the server running, and is the port right?");
        }
        if (find(thrown, SSLException.class)) {
            return new ClientException(Kind.TLS,
                    "No secure connection to " + page + ": " + reason(thrown) + ".");
        }
        return new ClientException(Kind.NETWORK,
                "The connection to " + page + " failed: " + reason(thrown) + ".");
    }

    /** Returns the exception for an unexpected HTTP response. */
    static ClientException of(Address address, boolean webSocket, int status, HttpHeaders headers,
            String body) {
        String what = webSocket ? "The WebSocket to " + address.page() : address.page();
        var refusal = refusal(body);
        if (refusal != null) {
            return new ClientException(Kind.REJECTED_BY_ENGINE,
                    what + " was refused by Socket.IO: " + refusal.path("message").asString("") + " (code "
                            + refusal.path("code").asInt(-1) + ", HTTP " + status + ").",
                    status);
        }
        if (webSocket) {
            return new ClientException(Kind.REJECTED_BY_ENGINE, what + " was refused with HTTP " + status
                    + server(headers) + "; the network or the server lets none through, polling may work.",
                    status);
        }
        String location = headers.firstValue("location").orElse("");
        if (status >= 300 && status < 400 && !location.isEmpty()) {
            return new ClientException(Kind.NOT_SOCKET_IO,
                    what + " redirects to " + brief(location) + "; use that address.", status);
        }
        if (status == 502 || status == 503 || status == 504) {
            return new ClientException(Kind.NOT_SOCKET_IO, what + " answered HTTP " + status + server(headers)
                    + ": a proxy is there, the server behind it is not.", status);
        }
        if (status == 404) {
            return new ClientException(Kind.NOT_SOCKET_IO,
                    what + " answered HTTP 404: no Socket.IO under this path.", status);
        }
        String kind = headers.firstValue("content-type").orElse("");
        if (kind.startsWith("text/html") || body.stripLeading().startsWith("<")) {
            return new ClientException(Kind.NOT_SOCKET_IO, what + " answered with a web page (HTTP " + status
                    + ") instead of Socket.IO; something else lives under this path.", status);
        }
        return new ClientException(Kind.NOT_SOCKET_IO,
                what + " answered HTTP " + status + server(headers) + " and not Socket.IO.", status);
    }

    /** Returns the exception for a handshake without a heartbeat, or empty if it is usable. */
    static Optional<ClientException> of(EngineHandshake handshake) {
        return handshake.pingInterval().isZero() || handshake.pingTimeout().isZero()
                ? Optional.of(new ClientException(Kind.PROTOCOL,
                        "The server's handshake lacks pingInterval or pingTimeout."))
                : Optional.empty();
    }

    static ClientException late(String what, Duration limit) {
        return new ClientException(Kind.TIMEOUT, what + " took longer than " + seconds(limit) + " s.");
    }

    /** Returns a sentence with a full stop, unless it ends already. */
    static String ended(String sentence) {
        return sentence.matches("(?s).*[.?!]") ? sentence : sentence + ".";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, time.toMillis() % 1000 == 0 ? "%.0f" : "%.1f",
                time.toMillis() / 1000.0);
    }

    private static @Nullable JsonNode refusal(String body) {
        if (!body.startsWith("{")) {
            return null;
        }
        try {
            var json = JsonMapper.shared().readTree(body);
            return json.has("code") ? json : null;
        } catch (JacksonException _other) {
            return null;
        }
    }

    private static String server(HttpHeaders headers) {
        return headers.firstValue("server").map(name -> " (server: " + brief(name) + ")").orElse("");
    }

    private static boolean find(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }

    private static String reason(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at.getMessage() != null && !at.getMessage().isBlank()) {
                return brief(at.getMessage());
            }
        }
        return thrown.getClass().getSimpleName();
    }

    private static String brief(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() > MAX_TOLD ? line.substring(0, MAX_TOLD) + "…" : line;
    }
}
