package dev.parley.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The cookie that names a polling session, for balancers that keep a client on one server by it. The server itself never reads it.
 * Immutable; begin with {@link #defaults} and change what is to be otherwise, since the constructor grows with every new attribute.
 *
 * @param name        of the cookie
 * @param path        under which browsers send it; null for that of the request
 * @param domain      to whose hosts browsers send it; null for the one that set it
 * @param httpOnly    whether it is kept from scripts
 * @param secure      whether it is sent over TLS only
 * @param sameSite    which requests of other sites carry it; null to leave that to the browser
 * @param partitioned whether each site that embeds ours has a cookie of its own; only with {@code secure}
 * @param priority    which cookies a browser drops first when it has too many of us; null to leave that to the browser
 * @param maxAge      how long browsers keep it; null until they are closed, or until {@code expires}
 * @param expires     when browsers drop it, for those that do not know {@code maxAge}; null for no such moment
 */
public record SessionCookie(String name, @Nullable String path, @Nullable String domain, boolean httpOnly,
        boolean secure, @Nullable SameSite sameSite, boolean partitioned, @Nullable Priority priority,
        @Nullable Duration maxAge, @Nullable Instant expires) {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** Which requests that another site causes carry the cookie. */
    public enum SameSite {
        /** None of them. */
        STRICT,
        /** Only when the browser's user follows a link. */
        LAX,
        /** All of them; browsers ask for {@code secure} too. */
        NONE
    }

    /** Which cookies of a site a browser drops last, where it knows of this. */
    public enum Priority {
        /** Dropped first. */
        LOW,
        /** As without one. */
        MEDIUM,
        /** Dropped last. */
        HIGH
    }

    /**
     * Checks.
     *
     * @throws IllegalArgumentException when a part could not stand in a header, or the cookie is partitioned and not secure
     */
    public SessionCookie {
        if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
            throw new IllegalArgumentException("a cookie's name is one or more letters, digits or - _ .");
        }
        if (path != null && !path.matches("/[\\x21-\\x3a\\x3c-\\x7e]*")) {
            throw new IllegalArgumentException("a cookie's path begins with a slash and has no semicolon");
        }
        if (domain != null && !domain.matches("[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*")) {
            throw new IllegalArgumentException("a cookie's domain is letters, digits and - between dots");
        }
        if (partitioned && !secure) {
            throw new IllegalArgumentException(
                    "a partitioned cookie must be secure too: browsers drop it otherwise");
        }
    }

    /** As the reference has it when it is only told to set one: {@code io}, for all paths, kept from scripts, lax. */
    public static SessionCookie defaults() {
        return new SessionCookie("io", "/", null, true, false, SameSite.LAX, false, null, null, null);
    }

    /**
     * Returns a copy with another name.
     *
     * @throws IllegalArgumentException when the name cannot stand in a header
     */
    public SessionCookie withName(String value) {
        return new SessionCookie(value, path, domain, httpOnly, secure, sameSite, partitioned, priority,
                maxAge, expires);
    }

    /**
     * For requests under a path only, which begins with a slash.
     *
     * @throws IllegalArgumentException when a header has no room for it
     */
    public SessionCookie withPath(String value) {
        return new SessionCookie(name, value, domain, httpOnly, secure, sameSite, partitioned, priority,
                maxAge, expires);
    }

    /**
     * For a domain and all under it, as {@code example.com}; without one, for the host that set it only.
     *
     * @throws IllegalArgumentException when it is no name of a domain
     */
    public SessionCookie withDomain(String value) {
        return new SessionCookie(name, path, value, httpOnly, secure, sameSite, partitioned, priority, maxAge,
                expires);
    }

    /** Returns a copy that is hidden from scripts or not. */
    public SessionCookie withHttpOnly(boolean value) {
        return new SessionCookie(name, path, domain, value, secure, sameSite, partitioned, priority, maxAge,
                expires);
    }

    /**
     * Sent over TLS only or not.
     *
     * @throws IllegalArgumentException when it is partitioned and would no longer be secure
     */
    public SessionCookie withSecure(boolean value) {
        return new SessionCookie(name, path, domain, httpOnly, value, sameSite, partitioned, priority, maxAge,
                expires);
    }

    /** Returns a copy with a rule for requests of other sites. */
    public SessionCookie withSameSite(SameSite value) {
        return new SessionCookie(name, path, domain, httpOnly, secure, value, partitioned, priority, maxAge,
                expires);
    }

    /**
     * Kept apart for each site that embeds ours, or not.
     *
     * @throws IllegalArgumentException when it is not {@link #withSecure secure}
     */
    public SessionCookie withPartitioned(boolean value) {
        return new SessionCookie(name, path, domain, httpOnly, secure, sameSite, value, priority, maxAge,
                expires);
    }

    /** Returns a copy with another priority. */
    public SessionCookie withPriority(Priority value) {
        return new SessionCookie(name, path, domain, httpOnly, secure, sameSite, partitioned, value, maxAge,
                expires);
    }

    /** Returns a copy with a maximum age, in whole seconds; zero or less makes browsers drop the cookie. */
    public SessionCookie withMaxAge(Duration value) {
        return new SessionCookie(name, path, domain, httpOnly, secure, sameSite, partitioned, priority, value,
                expires);
    }

    /** Returns a copy with an expiry, in whole seconds. When both are set, browsers that know {@code maxAge} use that. */
    public SessionCookie withExpires(Instant value) {
        return new SessionCookie(name, path, domain, httpOnly, secure, sameSite, partitioned, priority,
                maxAge, value);
    }

    /** Returns the value of the {@code Set-Cookie} header for a session. */
    String value(String sid) {
        var value = new StringBuilder(name).append('=').append(sid);
        add(value, "Max-Age", maxAge == null ? null : maxAge.toSeconds());
        add(value, "Domain", domain);
        add(value, "Path", path);
        add(value, "Expires", expires == null ? null : HTTP_DATE.format(expires));
        add(value, httpOnly, "HttpOnly");
        add(value, secure, "Secure");
        add(value, partitioned, "Partitioned");
        add(value, "Priority", word(priority));
        add(value, "SameSite", word(sameSite));
        return value.toString();
    }

    private static void add(StringBuilder value, String attribute, @Nullable Object is) {
        if (is != null) {
            value.append("; ").append(attribute).append('=').append(is);
        }
    }

    private static void add(StringBuilder value, boolean is, String attribute) {
        if (is) {
            value.append("; ").append(attribute);
        }
    }

    private static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null
                : constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
    }
}
