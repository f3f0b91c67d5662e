package dev.parley.server.http.response;

import dev.parley.protocol.engine.EngineError;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Writes responses: the only class that knows the statuses and headers of errors. */
public final class Answers {
    // Encoded once.
    static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=UTF-8");
    static final CharSequence BYTES = HttpHeaders.createOptimized("application/octet-stream");
    static final CharSequence SCRIPT = HttpHeaders.createOptimized("text/javascript; charset=UTF-8");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    private static final Future<Void> GONE = Future.failedFuture("the peer has gone, or has been answered");

    private Answers() {}

    /** Sends a compressed body with the content type of the original. */
    public static Future<Void> compressed(HttpServerResponse response, CharSequence type,
            Compression.Coding coding, byte[] body) {
        if (response.ended() || response.closed()) {
            return GONE;
        }
        response.headers().add("Vary", "Accept-Encoding");
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader("Content-Encoding", coding.text())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return response.end(Buffer.buffer(body));
    }

    public static Future<Void> text(HttpServerResponse response, String body) {
        if (response.ended() || response.closed()) {
            return GONE;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, TEXT).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return response.end(body);
    }

    public static Future<Void> bytes(HttpServerResponse response, byte[] body) {
        if (response.ended() || response.closed()) {
            return GONE;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, BYTES).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return response.end(Buffer.buffer(body));
    }

    /** Sends the response to a script element, with headers that keep browsers from interpreting it as anything else. */
    public static Future<Void> script(HttpServerResponse response, String body) {
        if (response.ended() || response.closed()) {
            return GONE;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, SCRIPT)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return response.end(body);
    }

    /** Sends the response to a form as HTML: some browsers would offer plain text for download. */
    public static Future<Void> html(HttpServerResponse response, String body) {
        if (response.ended() || response.closed()) {
            return GONE;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return response.end(body);
    }

    public static void error(HttpServerResponse response, EngineError error) {
        error(response, error, error.message());
    }

    public static void error(HttpServerResponse response, EngineError error, String message) {
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(error.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
            ignore(response.end(error.json(message)));
        }
    }

    public static void status(HttpServerResponse response, int status) {
        if (!response.ended() && !response.closed()) {
            ignore(response.setStatusCode(status).end());
        }
    }

    /** Ignores the outcome of a last write: a lost connection is reported elsewhere. */
    public static void ignore(Future<?> outcome) {
        outcome.otherwiseEmpty();
    }
}
