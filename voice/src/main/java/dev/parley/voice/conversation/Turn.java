package dev.parley.voice.conversation;

/** The final text of one side. */
public record Turn(Role role, String text) {

    /** The speaker of a turn. */
    public enum Role {
        USER,
        ASSISTANT
    }
}
