package dev.parley.app.auth;

import dev.parley.calls.visitor.Visitor;
import java.time.Instant;
import java.util.Optional;

/**
 * Who a visitor is, and until when the server takes its credentials for that.
 *
 * @param until empty if they do not expire
 */
public record Identity(Visitor visitor, Optional<Instant> until) {}
