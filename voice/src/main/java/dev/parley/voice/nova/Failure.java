package dev.parley.voice.nova;

import dev.parley.voice.ModelEvent.Failed.Kind;
import java.util.Locale;

/**
 * What the end of a stream means. {@link #of} holds our own table, since the service's own "retryable" says nothing of a conversation.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><th>kind</th><th>what</th></tr>
 * <tr><td>RECOVERABLE</td><td>modelTimeout, internalServer, serviceUnavailable, modelStreamError, modelError, a lost connection; a validation
 * error that names instability, {@code InternalErrorCode=531}, the input timeout, or credentials that ran out</td></tr>
 * <tr><td>BUSY</td><td>throttling, modelNotReady, serviceQuotaExceeded</td></tr>
 * <tr><td>FATAL</td><td>every other validation error, accessDenied, resourceNotFound, and what is not in the table</td></tr>
 * </table>
 *
 * @param message fit to be shown to the user; what the service said in detail stays out
 */
public record Failure(Kind kind, String message) {

    /** The connection broke, or the service ended the stream without a word. */
    public static Failure lost() {
        return new Failure(Kind.RECOVERABLE, "The connection to the speech model was lost.");
    }

    /** There is no such address: a region that does not exist, or a machine without a network. */
    public static Failure notFound() {
        return new Failure(Kind.RECOVERABLE, "The speech model's address was not found from the server.");
    }

    /**
     * Classifies an exception of the service.
     *
     * @param code    its name in any spelling: {@code ThrottlingException}, {@code throttlingException}
     * @param message what the service said; read, never passed on
     */
    public static Failure of(String code, String message) {
        return switch (code.toLowerCase(Locale.ROOT).replaceFirst("exception$", "")) {
            case "modeltimeout" -> new Failure(Kind.RECOVERABLE, "The speech model's time was over.");
            case "internalserver", "modelstreamerror", "modelerror" ->
                new Failure(Kind.RECOVERABLE, "The speech model failed.");
            case "serviceunavailable" -> new Failure(Kind.RECOVERABLE, "The speech model is unavailable.");
            case "throttling", "modelnotready", "servicequotaexceeded" ->
                new Failure(Kind.BUSY, "The speech model is busy; try again in a moment.");
            case "validation" -> validation(message);
            case "expiredtoken", "requestexpired" ->
                new Failure(Kind.RECOVERABLE, "The server's credentials ran out.");
            case "accessdenied" -> new Failure(Kind.FATAL,
                    "The server may not use the speech model; its operator finds the permission in docs/bedrock.md.");
            case "unrecognizedclient", "invalidsignature", "missingauthenticationtoken",
                    "incompletesignature" ->
                new Failure(Kind.FATAL, "The speech model refused the server's credentials.");
            case "resourcenotfound" ->
                new Failure(Kind.FATAL, "The speech model does not exist in the server's region.");
            default -> new Failure(Kind.FATAL, "The speech model could not be used.");
        };
    }

    /** Classifies an answer that names no exception: one of a proxy or balancer, not of the service. */
    public static Failure ofStatus(int status) {
        return switch (status) {
            case 429 -> of("throttling", "");
            case 401, 403 -> of("accessdenied", "");
            case 404 -> of("resourcenotfound", "");
            case 408, 424, 500, 502, 503, 504 -> of("serviceunavailable", "");
            // AWS's balancer says so to HTTP/1.1, which something in between has made of HTTP/2.
            case 464 -> new Failure(Kind.FATAL, "The speech model was not reached over HTTP/2.");
            default -> of("unknown", "");
        };
    }

    private static Failure validation(String message) {
        if (message.contains("System instability detected") || message.contains("InternalErrorCode=531")
                || message.contains("Timed out waiting for input events")) {
            return new Failure(Kind.RECOVERABLE, "The speech model was interrupted.");
        }
        if (message.contains("security token") && message.contains("expired")) {
            return new Failure(Kind.RECOVERABLE, "The server's credentials ran out.");
        }
        if (message.contains("model identifier is invalid")) {
            return of("resourcenotfound", "");
        }
        if (message.contains("Tool Response parsing error")) {
            return new Failure(Kind.FATAL, "The speech model could not read a tool's answer.");
        }
        return new Failure(Kind.FATAL, "The speech model refused what it was sent.");
    }
}
