package dev.parley.speech;

/** Says whether the models are loaded, with one sentence of explanation. */
public record Readiness(State state, String message) {

    static final Readiness LOADING = new Readiness(State.LOADING, "The speech models are being loaded.");
    static final Readiness READY = new Readiness(State.READY, "The speech models are loaded.");

    /** The state of loading. FAILED is permanent: the operator must fix the cause and restart the server. */
    public enum State {
        LOADING,
        READY,
        FAILED
    }
}
