package dev.parley.cluster.redis;

/** Redis could not be reached. */
public final class RedisAwayException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RedisAwayException(String where, Throwable cause) {
        super(where, cause);
    }
}
