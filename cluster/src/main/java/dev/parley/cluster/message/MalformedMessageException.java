package dev.parley.cluster.message;

/** A message of another server that cannot be understood, or passes a limit. The text omits its content, which may be private. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param what is wrong, without content */
    public MalformedMessageException(String what) {
        super(what, null, false, false);
    }
}
