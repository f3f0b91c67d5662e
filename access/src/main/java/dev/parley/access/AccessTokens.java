package dev.parley.access;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import dev.parley.settings.AdminKeys;
import dev.parley.settings.NamedToken;
import java.util.List;
import java.util.Optional;

/** Lets in whoever shows one of the access tokens; the user is its name. */
final class AccessTokens implements Authenticator {

    private final List<NamedToken> tokens;

    AccessTokens(List<NamedToken> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    @Override
    public Identity identify(Credentials given) throws AccessDeniedException {
        String shown = given.token()
                .orElseThrow(() -> new AccessDeniedException(Reason.MISSING,
                        "This server asks for an access token."));
        // Compares all of them, in constant time each.
        Optional<String> name = Optional.empty();
        for (NamedToken token : tokens) {
            if (AdminKeys.same(token.token(), shown)) {
                name = Optional.of(token.name());
            }
        }
        return new Identity(new Visitor(
                name.orElseThrow(
                        () -> new AccessDeniedException(Reason.INVALID, "This access token is not valid.")),
                given.address(), Visitor.How.TOKEN), Optional.empty());
    }
}
