package dev.parley.server.http;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that names a polling session, for balancers that keep a client on one server by it. The server itself never reads it.
 *
 * @param name     of the cookie
 * @param path     under which browsers send it; null for that of the request
 * @param httpOnly whether it is kept from scripts
 * @param sameSite which requests of other sites carry it; null to leave that to the browser
 * @param secure   whether it is sent over TLS only
 * @param maxAge   how long browsers keep it; null until they are closed
 */
public record SessionCookie(String name, @Nullable String path, boolean httpOnly, @Nullable SameSite sameSite,
        boolean secure, @Nullable Duration maxAge) {
    /** Which requests that another site causes carry the cookie. */
    public enum SameSite {
        /** None of them. */
        STRICT,
        /** Only when the browser's user follows a link. */
        LAX,
        /** All of them; browsers ask for {@code secure} too. */
        NONE
    }

    public SessionCookie {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("a cookie's name is one or more letters, digits or - _ .");
        }
        if (path != null && !path.matches("/[\\x21-\\x3a\\x3c-\\x7e]*")) {
            throw new IllegalArgumentException("a cookie's path begins with a slash and has no semicolon");
        }
    }

    /** As the reference has it when it is only told to set one: {@code io}, for all paths, kept from scripts, lax. */
    public static SessionCookie defaults() {
        return new SessionCookie("io", "/", true, SameSite.LAX, false, null);
    }

    /** The header's value for a session. */
    String value(String sid) {
        var value = new StringBuilder(name).append('=').append(sid);
        if (maxAge != null) {
            value.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (path != null) {
            value.append("; Path=").append(path);
        }
        if (httpOnly) {
            value.append("; HttpOnly");
        }
        if (secure) {
            value.append("; Secure");
        }
        if (sameSite != null) {
            String text = sameSite.name();
            value.append("; SameSite=")
                    .append(text.charAt(0))
                    .append(text.substring(1).toLowerCase(Locale.ROOT));
        }
        return value.toString();
    }
}
