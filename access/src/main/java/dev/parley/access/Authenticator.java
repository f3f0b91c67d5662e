package dev.parley.access;

/** Finds out who a visitor is. The same for sockets and for the page's APIs. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

    /**
     * Returns who shows these credentials. Blocks only if {@link VisitorAuth#mayBlock} says so.
     *
     * @throws AccessDeniedException if they do not let their visitor in
     */
    Identity identify(Credentials given) throws AccessDeniedException;
}
