package dev.parley.access;

/** Thrown when credentials do not let their visitor in. The message is for the visitor. */
public final class AccessDeniedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a visitor may not come in. */
    public enum Reason {
        /** No credentials, or of a kind that does not count here. */
        MISSING("accessMissing"),
        /** Credentials that are wrong. */
        INVALID("accessInvalid"),
        /** Credentials that were right once. */
        EXPIRED("accessExpired");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as clients receive it. */
        public String text() {
            return text;
        }
    }

    /** @param message a sentence that says what to do */
    public AccessDeniedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The sentence for the visitor. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
