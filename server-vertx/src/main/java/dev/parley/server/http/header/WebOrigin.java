package dev.parley.server.http.header;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a page on the web, RFC 6454, in one spelling.
 *
 * @param secure whether its scheme is {@code https}; otherwise it is {@code http}
 * @param host   as {@link Authority#host}
 * @param port   the scheme's default where none was given
 */
public record WebOrigin(boolean secure, String host, int port) {
    public static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Returns the origin that a text names, without a path; null if it names none, or one of another scheme. */
    public static @Nullable WebOrigin parse(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return null;
        }
        String name = text.substring(0, scheme).toLowerCase(Locale.ROOT);
        var authority = Authority.parse(text.substring(scheme + 3));
        if (authority == null || authority.host().isEmpty()
                || !(name.equals("https") || name.equals("http"))) {
            return null;
        }
        boolean secure = name.equals("https");
        return new WebOrigin(secure, authority.host(),
                authority.port() >= 0 ? authority.port() : defaultPort(secure));
    }

    public boolean hasDefaultPort() {
        return port == defaultPort(secure);
    }

    private static int defaultPort(boolean secure) {
        return secure ? HTTPS : HTTP;
    }

    /** As browsers write it. */
    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + host + (hasDefaultPort() ? "" : ":" + port);
    }
}
