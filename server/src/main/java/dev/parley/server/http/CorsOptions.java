package dev.parley.server.http;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the browsers of pages of other origins are told, once {@code allowedOrigins}, {@link HttpOptions.Builder#allowOrigin} or {@link
 * HttpOptions.Builder#corsRule} let the page in. The names of the origins themselves are there. Immutable.
 *
 * @param methods         that a page may use
 * @param allowedHeaders  that a page may send; when empty, whatever it asks for
 * @param exposedHeaders  of our answers that a page may read, beyond those it always may
 * @param credentials     whether cookies and authorization may come along. WebSockets carry them whatever is said here
 * @param maxAge          how long a browser may remember the answer to its preflight, in whole seconds
 * @param preflightStatus of the answer to a preflight: 204, or 200 for old browsers
 * @param preflightContinue whether a preflight, with its headers set, goes through the application's {@link HttpOptions.Builder#use
 *                          middlewares}, which may answer it; otherwise, and when none does, it is answered here
 */
public record CorsOptions(List<String> methods, List<String> allowedHeaders, List<String> exposedHeaders,
        boolean credentials, Duration maxAge, int preflightStatus, boolean preflightContinue) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when a name could not stand in a header, {@code maxAge} is negative, or the status is neither 200 nor
     *                                  204
     */
    public CorsOptions {
        methods = tokens("method", methods);
        allowedHeaders = tokens("header", allowedHeaders);
        exposedHeaders = tokens("header", exposedHeaders);
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge is negative");
        }
        if (preflightStatus != 200 && preflightStatus != 204) {
            throw new IllegalArgumentException("the status of a preflight's answer is 200 or 204");
        }
    }

    /** GET, POST and OPTIONS, with credentials and the headers that Socket.IO clients send, none exposed, remembered for ten minutes. */
    public static CorsOptions defaults() {
        return new CorsOptions(List.of("GET", "POST", "OPTIONS"),
                List.of("Content-Type", "Authorization", "X-Requested-With", "Accept", "Origin"), List.of(),
                true, Duration.ofMinutes(10), 204, false);
    }

    /** With other {@link #methods}. */
    public CorsOptions withMethods(String... names) {
        return new CorsOptions(List.of(names), allowedHeaders, exposedHeaders, credentials, maxAge,
                preflightStatus, preflightContinue);
    }

    /** With other {@link #allowedHeaders}; without any, a page may send whatever it asks for. */
    public CorsOptions withAllowedHeaders(String... names) {
        return new CorsOptions(methods, List.of(names), exposedHeaders, credentials, maxAge, preflightStatus,
                preflightContinue);
    }

    /** With other {@link #exposedHeaders}. */
    public CorsOptions withExposedHeaders(String... names) {
        return new CorsOptions(methods, allowedHeaders, List.of(names), credentials, maxAge, preflightStatus,
                preflightContinue);
    }

    /** With or without {@link #credentials}. */
    public CorsOptions withCredentials(boolean value) {
        return new CorsOptions(methods, allowedHeaders, exposedHeaders, value, maxAge, preflightStatus,
                preflightContinue);
    }

    /** With another {@link #maxAge}. */
    public CorsOptions withMaxAge(Duration value) {
        return new CorsOptions(methods, allowedHeaders, exposedHeaders, credentials, value, preflightStatus,
                preflightContinue);
    }

    /** With another {@link #preflightStatus}. */
    public CorsOptions withPreflightStatus(int value) {
        return new CorsOptions(methods, allowedHeaders, exposedHeaders, credentials, maxAge, value,
                preflightContinue);
    }

    /** With or without {@link #preflightContinue}. */
    public CorsOptions withPreflightContinue(boolean value) {
        return new CorsOptions(methods, allowedHeaders, exposedHeaders, credentials, maxAge, preflightStatus,
                value);
    }

    private static List<String> tokens(String what, List<String> names) {
        for (String name : names) {
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("not the name of a " + what + ": " + name);
            }
        }
        return List.copyOf(names);
    }
}
