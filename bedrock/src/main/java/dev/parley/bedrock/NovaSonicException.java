package dev.parley.bedrock;

/** Reports that Nova Sonic cannot be used. The message says why and what to do, and contains no secret. */
public final class NovaSonicException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NovaSonicException(String message) {
        super(message);
    }
}
