package dev.parley.spring;

/** A {@code parley.…} property has a value that the server does not accept. The message names the option and the value. */
final class InvalidOptionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidOptionException(IllegalArgumentException cause) {
        super(cause.getMessage(), cause);
    }
}
