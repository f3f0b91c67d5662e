package dev.parley.access;

import dev.parley.calls.visitor.Grant;
import dev.parley.calls.visitor.Pass;
import dev.parley.calls.visitor.Visitor;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who a visitor is, and until when the server takes its credentials for that.
 *
 * @param until    empty if they do not expire
 * @param grant    what is fixed for the visitor's conversation; empty if {@code --client-may} decides
 * @param admitted called when a socket of the visitor is let in; returns its right to begin conversations
 */
public record Identity(Visitor visitor, Optional<Instant> until, Optional<Grant> grant,
        Supplier<Pass> admitted) {

    /** Creates the identity of a visitor for whom nothing is fixed. */
    public Identity(Visitor visitor, Optional<Instant> until) {
        this(visitor, until, Optional.empty(), () -> Pass.UNLIMITED);
    }
}
