package dev.parley.speech;

/** Whether the models are loaded, and one sentence about it. */
public record Readiness(State state, String message) {

    static final Readiness LOADING = new Readiness(State.LOADING, "The speech models are being loaded.");
    static final Readiness READY = new Readiness(State.READY, "The speech models are loaded.");

    /** FAILED lasts: what is wrong has to be mended, and the server started again. */
    public enum State {
        LOADING,
        READY,
        FAILED
    }
}
