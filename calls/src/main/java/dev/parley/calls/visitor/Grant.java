package dev.parley.calls.visitor;

import java.util.List;
import java.util.Optional;

/**
 * What the backend of a site has fixed for one conversation, in a signed token.
 *
 * @param persona empty for the server's
 * @param voice   empty for the persona's
 * @param tools   names of the tools; empty for the persona's
 */
public record Grant(Optional<String> persona, Optional<String> voice, Optional<List<String>> tools) {

    /** Fixes nothing. */
    public static final Grant NOTHING = new Grant(Optional.empty(), Optional.empty(), Optional.empty());

    public Grant {
        tools = tools.map(List::copyOf);
    }
}
