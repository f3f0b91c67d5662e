package dev.parley.voice.conversation;

/** What one side said, once it is final. */
public record Turn(Role role, String text) {

    /** Who said it. */
    public enum Role {
        USER,
        ASSISTANT
    }
}
