package dev.parley.cascade.openai;

import java.time.Duration;

/** The service responded with another status than success. Omits the body, which may quote the prompt. */
final class StatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Duration retryAfter;

    StatusException(int status, Duration retryAfter) {
        super("status " + status);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
