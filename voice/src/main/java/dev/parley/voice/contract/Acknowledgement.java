package dev.parley.voice.contract;

import java.util.Optional;

/**
 * The response to a command that was sent with a callback.
 *
 * @param error why the command was refused; empty if it was accepted
 */
public record Acknowledgement(Optional<String> error) {

    /** The command was accepted. */
    public static Acknowledgement success() {
        return new Acknowledgement(Optional.empty());
    }

    /** The command was refused, for a reason that can be shown to the user. */
    public static Acknowledgement failure(String message) {
        return new Acknowledgement(Optional.of(message));
    }
}
