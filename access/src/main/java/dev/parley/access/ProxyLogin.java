package dev.parley.access;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import java.util.Optional;

/** Lets in the users whom a trusted proxy names in a header. Requests of others lose that header before. */
final class ProxyLogin implements Authenticator {

    @Override
    public Identity identify(Credentials given) throws AccessDeniedException {
        String user = given.user()
                .orElseThrow(() -> new AccessDeniedException(Reason.MISSING,
                        "This server is reached through a proxy that asks for a login. Open its address."));
        // A proxy that adds its value to a client's makes a list, of which nobody knows who wrote what.
        if (user.isBlank() || user.indexOf(',') >= 0 || user.length() > Visitor.LONGEST_USER) {
            throw new AccessDeniedException(Reason.INVALID, "The proxy names no user, or several.");
        }
        return new Identity(new Visitor(user.strip(), given.address(), Visitor.How.PROXY), Optional.empty());
    }
}
