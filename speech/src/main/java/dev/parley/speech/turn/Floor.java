package dev.parley.speech.turn;

/** The assistant's side of the conversation at one moment, as far as it decides what the user's voice means. */
public enum Floor {
    /** No answer is due or heard. */
    FREE,
    /** An answer is being prepared or a tool runs, and nothing of the answer has been heard. */
    DUE,
    /** An answer is heard, or is paused. */
    SPEAKING,
    /** The sentence that is heard, or in which the answer is paused, asks the user a question: "yes" is an answer to it. */
    ASKING
}
