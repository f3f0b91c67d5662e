package dev.parley.server;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The pages of other origins that may connect, and the CORS headers of their responses. Pages of the server's own host and port may always
 * connect. Immutable; created by its {@link Builder}, whose methods explain each option and its default.
 */
public final class CorsOptions {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern ORIGIN = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<host>[a-z0-9._~-]+|\\[[0-9a-f:.]+])(:(?<port>[0-9]{1,5}))?/?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9.-]+(:[0-9]{1,5})?/?");

    private final Set<String> allowedOrigins;
    private final Predicate<String> allowOrigin;
    private final @Nullable CorsRule rule;
    private final List<String> methods;
    private final List<String> allowedHeaders;
    private final List<String> exposedHeaders;
    private final boolean credentials;
    private final Duration maxAge;
    private final int preflightStatus;
    private final boolean preflightContinue;

    private CorsOptions(Builder from) {
        allowedOrigins = from.allowedOrigins;
        allowOrigin = from.allowOrigin;
        rule = from.rule;
        methods = from.methods;
        allowedHeaders = from.allowedHeaders;
        exposedHeaders = from.exposedHeaders;
        credentials = from.credentials;
        maxAge = from.maxAge;
        preflightStatus = from.preflightStatus;
        preflightContinue = from.preflightContinue;
    }

    /** Returns the defaults: no page of another origin may connect. */
    public static CorsOptions defaults() {
        return builder().build();
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        var builder = new Builder();
        builder.allowedOrigins = allowedOrigins;
        builder.allowOrigin = allowOrigin;
        builder.rule = rule;
        builder.methods = methods;
        builder.allowedHeaders = allowedHeaders;
        builder.exposedHeaders = exposedHeaders;
        builder.credentials = credentials;
        builder.maxAge = maxAge;
        builder.preflightStatus = preflightStatus;
        builder.preflightContinue = preflightContinue;
        return builder;
    }

    /** Origins of pages that may connect, in lower case, without default ports; none by default. */
    public Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    /** Returns whether pages of an origin that is not among {@link #allowedOrigins} may connect; false for all by default. */
    public Predicate<String> allowOrigin() {
        return allowOrigin;
    }

    /** The rule that decides about each request instead of these options; empty by default. */
    public Optional<CorsRule> rule() {
        return Optional.ofNullable(rule);
    }

    /** Methods that a page may use: GET, POST and OPTIONS by default. */
    public List<String> methods() {
        return methods;
    }

    /** Headers that a page may send; if empty, all those that its preflight asks for. */
    public List<String> allowedHeaders() {
        return allowedHeaders;
    }

    /** Response headers that a page may read, beyond those that browsers always allow; none by default. */
    public List<String> exposedHeaders() {
        return exposedHeaders;
    }

    /** Returns whether pages may send cookies and authorization; false by default. */
    public boolean credentials() {
        return credentials;
    }

    /** Maximum time a browser caches the response to a preflight; 10 min by default. */
    public Duration maxAge() {
        return maxAge;
    }

    /** HTTP status of the response to a preflight; 204 by default. */
    public int preflightStatus() {
        return preflightStatus;
    }

    /** Returns whether preflights go through the application's request middleware; false by default. */
    public boolean preflightContinue() {
        return preflightContinue;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        private Set<String> allowedOrigins = Set.of();
        private Predicate<String> allowOrigin = origin -> false;
        private @Nullable CorsRule rule;
        private List<String> methods = List.of("GET", "POST", "OPTIONS");
        private List<String> allowedHeaders = List.of("Content-Type", "Authorization", "X-Requested-With",
                "Accept", "Origin");
        private List<String> exposedHeaders = List.of();
        private boolean credentials;
        private Duration maxAge = Duration.ofMinutes(10);
        private int preflightStatus = 204;
        private boolean preflightContinue;

        private Builder() {}

        /** Same as {@link #allowedOrigins(Collection)}. */
        public Builder allowedOrigins(String... origins) {
            return allowedOrigins(List.of(origins));
        }

        /**
         * Origins of pages that may connect, as {@code https://host[:port]}. Case, a slash at the end and the scheme's default port make no
         * difference. Default: none.
         *
         * @throws IllegalArgumentException if one is not an origin
         */
        public Builder allowedOrigins(Collection<String> origins) {
            var all = new LinkedHashSet<String>();
            origins.forEach(origin -> all.add(origin(origin)));
            allowedOrigins = Collections.unmodifiableSet(all);
            return this;
        }

        /**
         * Predicate that lets pages of further origins connect, in addition to {@link #allowedOrigins}. A pattern must match whole origins:
         * {@code Pattern.compile("…").asMatchPredicate()}. Called on event loops, for every request of a page of another origin; must not
         * block. If it throws, the page is refused. Default: false for all.
         */
        public Builder allowOrigin(Predicate<String> predicate) {
            allowOrigin = predicate;
            return this;
        }

        /**
         * Rule that decides about each request of a page of another origin, instead of {@link #allowedOrigins}, {@link #allowOrigin} and
         * the other options here. These then apply to pages of the server's own host and port only. Default: none.
         */
        public Builder rule(CorsRule value) {
            rule = value;
            return this;
        }

        /**
         * Methods that a page may use. Default: GET, POST and OPTIONS.
         *
         * @throws IllegalArgumentException if a name is not a token of HTTP
         */
        public Builder methods(String... names) {
            methods = tokens("methods", names);
            return this;
        }

        /**
         * Headers that a page may send; without names, all those that its preflight asks for. Default: those that Socket.IO clients send.
         *
         * @throws IllegalArgumentException if a name is not a token of HTTP
         */
        public Builder allowedHeaders(String... names) {
            allowedHeaders = tokens("allowedHeaders", names);
            return this;
        }

        /**
         * Response headers that a page may read, beyond those that browsers always allow. Default: none.
         *
         * @throws IllegalArgumentException if a name is not a token of HTTP
         */
        public Builder exposedHeaders(String... names) {
            exposedHeaders = tokens("exposedHeaders", names);
            return this;
        }

        /**
         * Whether pages may send cookies and authorization, for which they set {@code withCredentials}. Load balancers with sticky cookies
         * need it. Browsers send cookies with WebSockets regardless of this option. Default: no.
         */
        public Builder credentials(boolean value) {
            credentials = value;
            return this;
        }

        /**
         * Maximum time a browser caches the response to a preflight; sent in whole seconds. Default: 10 min.
         *
         * @throws IllegalArgumentException if the time is negative
         */
        public Builder maxAge(Duration value) {
            if (value.isNegative()) {
                throw new IllegalArgumentException("maxAge must not be negative, and is " + value);
            }
            maxAge = value;
            return this;
        }

        /**
         * HTTP status of the response to a preflight: 204, or 200 for old browsers. Default: 204.
         *
         * @throws IllegalArgumentException if the status is another
         */
        public Builder preflightStatus(int value) {
            if (value != 200 && value != 204) {
                throw new IllegalArgumentException("preflightStatus must be 200 or 204, and is " + value);
            }
            preflightStatus = value;
            return this;
        }

        /**
         * Whether a preflight, with its response headers set, goes through the application's request middleware, which may respond to it.
         * If none responds, or this is off, the server responds. Default: no.
         */
        public Builder preflightContinue(boolean value) {
            preflightContinue = value;
            return this;
        }

        /** Returns the options. */
        public CorsOptions build() {
            return new CorsOptions(this);
        }

        private static List<String> tokens(String option, String... names) {
            for (String name : names) {
                if (!TOKEN.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            option + " must be names as in headers, and \"" + name + "\" is none");
                }
            }
            return List.of(names);
        }
    }

    private static String origin(String text) {
        String lowerCase = text.strip().toLowerCase(Locale.ROOT);
        if (lowerCase.contains("*")) {
            throw wrong(text,
                    lowerCase.equals("*") ? "would let any page act for its visitor; name the origins"
                            : "is a pattern; use allowOrigin for those");
        }
        if (lowerCase.equals("null")) {
            throw wrong(text, "would let any sandboxed page in; use allowOrigin if that is meant");
        }
        var parts = ORIGIN.matcher(lowerCase);
        if (!parts.matches()) {
            throw wrong(text, HOST.matcher(lowerCase).matches()
                    ? "has no scheme; write \"https://" + lowerCase.replaceFirst("/$", "") + "\""
                    : "is not an origin like https://example.com or http://localhost:5173, which has no path");
        }
        String scheme = parts.group("scheme");
        String port = parts.group("port") == null ? "" : parts.group("port");
        if (!port.isEmpty() && Integer.parseInt(port) > 65_535) {
            throw wrong(text, "has a port above 65535");
        }
        boolean isDefault = port.isEmpty() || (scheme.equals("https") && Integer.parseInt(port) == 443)
                || (scheme.equals("http") && Integer.parseInt(port) == 80);
        return scheme + "://" + parts.group("host") + (isDefault ? "" : ":" + Integer.parseInt(port));
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("allowedOrigins: \"" + text + "\" " + why);
    }
}
