package dev.parley.calls.visitor;

/**
 * Who is at the other end of a connection or made a request. The application computes it once for each connection; limits per user and per
 * address count by it.
 *
 * @param user    the name by which limits know the user: the subject of a JWT, the name of an access token, the user in a proxy's header, or the id in
 *                a signed cookie; at most {@value #LONGEST_USER} characters; empty if there is none of these, so that only the address is known
 * @param address the IP address of the client, behind trusted proxies the one that they report; may be empty
 * @param how     how the server knows the user
 */
public record Visitor(String user, String address, How how) {

    /** The maximum length of a user's name. */
    public static final int LONGEST_USER = 200;

    /** How the server knows a user. */
    public enum How {
        /** Nobody has to log in; the user is the id in a cookie, or empty. */
        ANONYMOUS,
        /** The password of the page; the user is the id in the cookie of the login. */
        PASSWORD,
        /** An access token; the user is its name. */
        TOKEN,
        /** A token for one conversation, which the backend of a site has requested; the user is the one that it named. */
        SESSION,
        /** A JWT; the user is its subject. */
        JWT,
        /** A header of a trusted proxy, which names the user. */
        PROXY
    }

    public Visitor {
        if (user.length() > LONGEST_USER) {
            throw new IllegalArgumentException(
                    "the name of a user has more than " + LONGEST_USER + " characters");
        }
    }

    /** Returns a visitor of whom only the address is known. */
    public static Visitor unknown(String address) {
        return new Visitor("", address, How.ANONYMOUS);
    }

    /** Returns whether the visitor had to show who it is. */
    public boolean authenticated() {
        return how != How.ANONYMOUS;
    }
}
