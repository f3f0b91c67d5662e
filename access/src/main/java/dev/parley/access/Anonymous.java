package dev.parley.access;

import dev.parley.calls.visitor.Visitor;
import java.util.Optional;

/** Lets everybody in. A cookie tells the browsers of one address apart; nobody needs it. */
final class Anonymous implements Authenticator {

    private final VisitorCookie cookies;

    Anonymous(VisitorCookie cookies) {
        this.cookies = cookies;
    }

    @Override
    public Identity identify(Credentials given) {
        return new Identity(given.cookie()
                .flatMap(cookies::read)
                .filter(content -> !cookies.isOver(content))
                .map(content -> new Visitor(content.id(), given.address(), Visitor.How.ANONYMOUS))
                .orElseGet(() -> Visitor.unknown(given.address())), Optional.empty());
    }
}
