package dev.parley.calls.visitor;

import dev.parley.voice.StreamSettings.Inference;

/** A visitor whom the application has let in, with what it may choose and begin. */
public record Admission(Visitor visitor, Choices choices, Pass pass) {

    /** Returns the admission of a visitor who may choose and begin everything. */
    public static Admission of(Visitor visitor) {
        return new Admission(visitor, Choices.all(Inference.defaults()), Pass.UNLIMITED);
    }
}
