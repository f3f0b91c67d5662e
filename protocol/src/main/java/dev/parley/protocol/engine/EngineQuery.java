package dev.parley.protocol.engine;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Builds the query of an Engine.IO request, as clients send it. The order of the calls is the order of the parameters. Not thread-safe.
 */
public final class EngineQuery {
    /** The parameter that names the {@link EngineRevision}. */
    public static final String REVISION = "EIO";
    /** The parameter that names the {@link TransportKind}. */
    public static final String TRANSPORT = "transport";
    /** The parameter with the session id; missing in a handshake. */
    public static final String SID = "sid";
    /** The parameter whose value differs in each request, so that no cache can respond. */
    public static final String STAMP = "t";
    /** The parameter of clients that accept text only. */
    public static final String BASE64 = "b64";

    private final StringBuilder text;

    private EngineQuery(EngineRevision revision, TransportKind transport) {
        text = new StringBuilder(REVISION).append('=')
                .append(revision.text())
                .append('&')
                .append(TRANSPORT)
                .append('=')
                .append(transport.text());
    }

    /** Begins the query of a handshake. */
    public static EngineQuery of(EngineRevision revision, TransportKind transport) {
        return new EngineQuery(revision, transport);
    }

    /** Adds a value that differs in each request. */
    public EngineQuery stamp(String value) {
        return with(STAMP, value);
    }

    /** Adds a session id, which makes it the query of a request of that session. */
    public EngineQuery sid(String sid) {
        return with(SID, sid);
    }

    /** Adds a parameter of the application, encoded. */
    public EngineQuery with(String name, String value) {
        return withEncoded(encoded(name) + '=' + encoded(value));
    }

    /** Adds a pair that is encoded already, such as {@code token=abc}. */
    public EngineQuery withEncoded(String pair) {
        text.append('&').append(pair);
        return this;
    }

    /** Returns the query, without a question mark. */
    @Override
    public String toString() {
        return text.toString();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
