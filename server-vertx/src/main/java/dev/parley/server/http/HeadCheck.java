package dev.parley.server.http;

import dev.parley.server.http.header.Authority;
import dev.parley.server.http.header.ListHeader;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Checks the head of a request for what the HTTP decoder lets through: RFC 9112, section 3.2 (host) and section 6.1 (transfer codings), and
 * the limits of {@link HttpOptions}. {@link SocketIoHttp}'s handler does so itself; a server of more than Socket.IO calls it for its other
 * paths. Stateless; any thread.
 */
public final class HeadCheck {
    /** Maximum number of header lines. A browser sends fewer than thirty; each is kept with its session. */
    static final int MAX_HEADER_LINES = 500;

    private static final int AROUND_TARGET = " ".length() + " HTTP/1.1".length();
    private static final int AROUND_HEADER = ": ".length() + "\r\n".length();

    private HeadCheck() {}

    /**
     * Why a request is refused.
     *
     * @param status of the response: 400, 414, 431 or 501
     * @param why    a fixed text for logs
     */
    public record Fault(int status, String why) {}

    /** Returns the fault of a request's head; empty if it has none. */
    public static Optional<Fault> fault(HttpServerRequest request, HttpOptions options) {
        long line = (long) request.method().name().length() + AROUND_TARGET + request.uri().length();
        if (line > options.maxRequestLine()) {
            return fault(414, "a request line above the limit");
        }
        var lines = new Lines();
        request.headers().forEach(lines);
        if (lines.bytes > options.maxHeaders() || lines.count > MAX_HEADER_LINES) {
            return fault(431, "headers above the limit");
        }
        if (lines.nameless) {
            return fault(400, "a header without a name");
        }
        if (!hasValidHost(request, lines.hosts)) {
            return fault(400, "no host, two, or none that could be one");
        }
        if (lines.codings > 0) {
            var codings = ListHeader.elements(request.headers(), "Transfer-Encoding");
            if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                return fault(501, "a transfer coding other than chunked");
            }
        }
        return Optional.empty();
    }

    private static boolean hasValidHost(HttpServerRequest request, int hosts) {
        String host = Authority.of(request);
        if (Authority.isHttp1(request)) {
            // RFC 9112, section 3.2.2: the target's host goes first, but Host has to be there all the same.
            String header = request.getHeader("Host");
            return header == null
                    ? request.version() == HttpVersion.HTTP_1_0
                            && (host == null || Authority.parse(host) != null)
                    : hosts == 1 && Authority.parse(header) != null
                            && (header.equals(host) || (host != null && Authority.parse(host) != null));
        }
        // RFC 9113, section 8.3.1: beside :authority there is at most the same in Host.
        return host != null && Authority.parse(host) != null
                && (hosts == 0 || (hosts == 1 && host.equalsIgnoreCase(request.getHeader("Host"))));
    }

    private static Optional<Fault> fault(int status, String why) {
        return Optional.of(new Fault(status, why));
    }

    /** Counts the header lines of one request. */
    private static final class Lines implements BiConsumer<String, String> {
        private long bytes;
        private int count;
        private int hosts;
        private int codings;
        private boolean nameless;

        @Override
        public void accept(String name, String value) {
            count++;
            bytes += (long) name.length() + AROUND_HEADER + value.length();
            switch (name.length()) {
                case 0 -> nameless = true;
                case 4 -> hosts += name.equalsIgnoreCase("Host") ? 1 : 0;
                case 17 -> codings += name.equalsIgnoreCase("Transfer-Encoding") ? 1 : 0;
                default -> {}
            }
        }
    }
}
