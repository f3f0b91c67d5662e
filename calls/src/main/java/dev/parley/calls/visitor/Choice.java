package dev.parley.calls.visitor;

/** What a browser may be allowed to choose for its conversation. */
public enum Choice {
    /** The system prompt. */
    PROMPT,
    /** The persona. */
    PERSONA,
    /** The voice. */
    VOICE,
    /** The tools that are offered to the model. */
    TOOLS,
    /** Temperature and top-p. */
    TEMPERATURE,
    /** The maximum length of a reply. */
    MAX_TOKENS
}
