package dev.parley.server;

/** Decides whether a namespace that does not exist yet may be joined, and so made. May block. */
@FunctionalInterface
public interface NamespaceRule {
    /**
     * Whether this name is one of the rule's.
     *
     * @param name      as the client asked for it; begins with a slash
     * @param handshake with the client's credentials
     */
    boolean accepts(String name, Handshake handshake);
}
