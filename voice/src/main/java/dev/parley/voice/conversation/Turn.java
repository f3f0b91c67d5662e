package dev.parley.voice.conversation;

/** The final text of one side. */
public record Turn(Role role, String text) {

    /** Who said it. */
    public enum Role {
        USER,
        ASSISTANT
    }
}
