package dev.parley.access;

import dev.parley.access.AccessDeniedException.Reason;
import dev.parley.calls.visitor.Visitor;
import java.util.Optional;

/** Lets in whoever has logged in with the password of the page, and has its cookie. */
final class PasswordLogin implements Authenticator {

    private final VisitorCookie cookies;

    /** @param cookies of logins with the present password */
    PasswordLogin(VisitorCookie cookies) {
        this.cookies = cookies;
    }

    @Override
    public Identity identify(Credentials given) throws AccessDeniedException {
        var content = given.cookie()
                .flatMap(cookies::read)
                .orElseThrow(() -> new AccessDeniedException(Reason.MISSING,
                        "This server asks for a password: reload the page and log in."));
        if (cookies.isOver(content)) {
            throw new AccessDeniedException(Reason.EXPIRED,
                    "Your login has expired: reload the page and log in again.");
        }
        return new Identity(new Visitor(content.id(), given.address(), Visitor.How.PASSWORD),
                Optional.of(content.until()));
    }
}
