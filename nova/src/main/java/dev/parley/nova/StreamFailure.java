package dev.parley.nova;

import dev.parley.voice.ModelEvent.Failed.Kind;
import java.util.Locale;

/**
 * The reason why a stream ended. {@link #of} classifies by a table of our own, since the service's "retryable" says nothing of a conversation.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><th>kind</th><th>reasons</th></tr>
 * <tr><td>RECOVERABLE</td><td>modelTimeout, internalServer, serviceUnavailable, modelStreamError, modelError, a lost connection; a validation
 * error that names instability, {@code InternalErrorCode=531}, the input timeout, or credentials that ran out</td></tr>
 * <tr><td>BUSY</td><td>throttling, modelNotReady, serviceQuotaExceeded</td></tr>
 * <tr><td>FATAL</td><td>every other validation error, accessDenied, resourceNotFound, and what is not in the table</td></tr>
 * </table>
 *
 * @param message fit to be shown to the user; omits the details that the service gave
 */
public record StreamFailure(Kind kind, String message) {

    /** Returns the failure of a connection that broke, or of a stream that the service ended without a reason. */
    public static StreamFailure lost() {
        return new StreamFailure(Kind.RECOVERABLE, "The connection to the speech model was lost.");
    }

    /** Returns the failure of an address that was not found: the region does not exist, or the machine has no network. */
    public static StreamFailure notFound() {
        return new StreamFailure(Kind.RECOVERABLE,
                "The speech model's address was not found from the server.");
    }

    /**
     * Classifies an exception of the service.
     *
     * @param code    its name in any spelling: {@code ThrottlingException}, {@code throttlingException}
     * @param message the service's text; read, never passed on
     */
    public static StreamFailure of(String code, String message) {
        return switch (code.toLowerCase(Locale.ROOT).replaceFirst("exception$", "")) {
            case "modeltimeout" -> new StreamFailure(Kind.RECOVERABLE, "The speech model's time was over.");
            case "internalserver", "modelstreamerror", "modelerror" ->
                new StreamFailure(Kind.RECOVERABLE, "The speech model failed.");
            case "serviceunavailable" ->
                new StreamFailure(Kind.RECOVERABLE, "The speech model is unavailable.");
            case "throttling", "modelnotready", "servicequotaexceeded" ->
                new StreamFailure(Kind.BUSY, "The speech model is busy; try again in a moment.");
            case "validation" -> validation(message);
            case "expiredtoken", "requestexpired" ->
                new StreamFailure(Kind.RECOVERABLE, "The server's credentials ran out.");
            case "accessdenied" -> new StreamFailure(Kind.FATAL,
                    "The server may not use the speech model; its operator finds the permission in docs/bedrock.md.");
            case "unrecognizedclient", "invalidsignature", "missingauthenticationtoken",
                    "incompletesignature" ->
                new StreamFailure(Kind.FATAL, "The speech model refused the server's credentials.");
            case "resourcenotfound" ->
                new StreamFailure(Kind.FATAL, "The speech model does not exist in the server's region.");
            default -> new StreamFailure(Kind.FATAL, "The speech model could not be used.");
        };
    }

    /** Classifies a response that names no exception: one of a proxy or load balancer, not of the service. */
    public static StreamFailure ofStatus(int status) {
        return switch (status) {
            case 429 -> of("throttling", "");
            case 401, 403 -> of("accessdenied", "");
            case 404 -> of("resourcenotfound", "");
            case 408, 424, 500, 502, 503, 504 -> of("serviceunavailable", "");
            // AWS's load balancer responds so to HTTP/1.1, to which a proxy in between has changed HTTP/2.
            case 464 -> new StreamFailure(Kind.FATAL, "The speech model was not reached over HTTP/2.");
            default -> of("unknown", "");
        };
    }

    private static StreamFailure validation(String message) {
        if (message.contains("System instability detected") || message.contains("InternalErrorCode=531")
                || message.contains("Timed out waiting for input events")) {
            return new StreamFailure(Kind.RECOVERABLE, "The speech model was interrupted.");
        }
        if (message.contains("security token") && message.contains("expired")) {
            return new StreamFailure(Kind.RECOVERABLE, "The server's credentials ran out.");
        }
        if (message.contains("model identifier is invalid")) {
            return of("resourcenotfound", "");
        }
        if (message.contains("Tool Response parsing error")) {
            return new StreamFailure(Kind.FATAL, "The speech model could not read a tool's answer.");
        }
        return new StreamFailure(Kind.FATAL, "The speech model refused what it was sent.");
    }
}
