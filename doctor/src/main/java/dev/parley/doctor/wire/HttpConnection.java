package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.ConnectionFailure;
import dev.parley.doctor.evidence.HttpHeaders;
import dev.parley.doctor.evidence.Response;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Sends HTTP/1.1 requests over a {@link TcpConnection}. Not thread-safe. Rejects a head of more than {@value #MAX_HEAD} bytes; reads at most
 * {@value #MAX_BODY} bytes of a body.
 */
public final class HttpConnection {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 4 * 1024 * 1024;
    private static final int MAX_BANNER = 60;
    private static final int TLS_ALERT = 0x15;
    /** The detail of a failure where the server sent a TLS alert in place of HTTP. */
    public static final String TLS_ANSWER = "it is a TLS alert";

    private final TcpConnection connection;
    private final String authority;
    private boolean reusable = true;
    private boolean used;

    public HttpConnection(TcpConnection connection, String authority) {
        this.connection = connection;
        this.authority = authority;
    }

    public TcpConnection connection() {
        return connection;
    }

    /** Returns true if the connection can carry another request. */
    public boolean reusable() {
        return reusable;
    }

    /** Returns true after the first response. The server may have closed the connection since, and a browser would retry on a new one. */
    public boolean used() {
        return used;
    }

    /** Sends a request and reads the response; for a 101 only the head. */
    public Response send(Request request, Duration timeout) throws WireException {
        try {
            connection.setReadTimeout(timeout);
            reusable = false;
            boolean cut = false;
            try {
                connection.write(request.bytes(authority), timeout);
            } catch (IOException e) {
                // A server that refuses a large body may respond and close before the end of the body.
                if (request.body().length < MAX_HEAD) {
                    throw e;
                }
                cut = true;
            }
            long sent = System.nanoTime();
            var response = response(request.method().equals("HEAD"), sent);
            reusable &= !cut;
            used = true;
            return response;
        } catch (IOException e) {
            connection.close();
            throw WireException.of(e);
        }
    }

    private Response response(boolean headOnly, long sent) throws IOException {
        int first = connection.read();
        long begun = System.nanoTime();
        if (first != 'H') {
            throw new WireException(ConnectionFailure.Kind.NOT_HTTP, beginning(first));
        }
        var budget = new int[]{MAX_HEAD};
        String status = (char) first + readLine(budget);
        // Interim responses, such as 100 and 103, precede the final one.
        while (code(status) < 200 && code(status) != 101) {
            headers(budget);
            status = readLine(budget);
        }
        var headers = headers(budget);
        int code = code(status);
        byte[] body = {};
        if (code == 101) {
            reusable = true;
        } else {
            boolean close = headers.contains("connection", "close")
                    || (status.startsWith("HTTP/1.0") && !headers.contains("connection", "keep-alive"));
            reusable = !close;
            if (!headOnly && code != 204 && code != 304) {
                body = body(headers);
            }
        }
        return new Response(code, headers, body, Duration.ofNanos(begun - sent),
                Duration.ofNanos(System.nanoTime() - sent));
    }

    /** Describes the beginning of something that is not HTTP: its first line, or that it is TLS. */
    private String beginning(int first) {
        var text = new StringBuilder();
        int next = first;
        try {
            while (text.length() < MAX_BANNER && next != '\n') {
                text.append((char) next);
                next = connection.read();
            }
        } catch (IOException _end) {
            // The beginning is enough.
        }
        if (first == TLS_ALERT && text.length() > 1 && text.charAt(1) == 3) {
            return TLS_ANSWER;
        }
        return "it begins with \"" + text.toString().strip().replaceAll("[^\\x20-\\x7e]", "?")
                + (text.length() < MAX_BANNER ? "" : "…") + "\"";
    }

    private byte[] body(HttpHeaders headers) throws IOException {
        var body = new ByteArrayOutputStream();
        if (headers.contains("transfer-encoding", "chunked")) {
            chunks(body);
            return body.toByteArray();
        }
        var length = headers.first("content-length");
        if (length.isPresent()) {
            take(body, number(length.get(), 10));
            return body.toByteArray();
        }
        reusable = false;
        try {
            take(body, MAX_BODY);
        } catch (EOFException _end) {
            // The end of the connection ends the body.
        }
        return body.toByteArray();
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        var budget = new int[]{MAX_HEAD};
        while (true) {
            String size = readLine(budget);
            long length = number(size.replaceFirst(";.*", "").strip(), 16);
            if (length == 0) {
                headers(budget);
                return;
            }
            take(body, length);
            readLine(budget);
            budget[0] = MAX_HEAD;
        }
    }

    private void take(ByteArrayOutputStream into, long length) throws IOException {
        var part = new byte[8192];
        for (long left = length; left > 0;) {
            if (into.size() >= MAX_BODY) {
                reusable = false;
                return;
            }
            int read = connection.read(part, 0, (int) Math.min(part.length, left));
            into.write(part, 0, read);
            left -= read;
        }
    }

    private HttpHeaders headers(int[] budget) throws IOException {
        var headers = new ArrayList<HttpHeaders.Header>();
        for (String next = readLine(budget); !next.isEmpty(); next = readLine(budget)) {
            int colon = next.indexOf(':');
            if (colon <= 0) {
                throw notHttp();
            }
            headers.add(new HttpHeaders.Header(next.substring(0, colon).strip(),
                    next.substring(colon + 1).strip()));
        }
        return new HttpHeaders(headers);
    }

    private String readLine(int[] budget) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int next = connection.read(); next != '\n'; next = connection.read()) {
            if (--budget[0] < 0) {
                throw notHttp();
            }
            if (next != '\r') {
                text.write(next);
            }
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    private static int code(String status) throws WireException {
        if (!status.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw notHttp();
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private static long number(String text, int radix) throws WireException {
        try {
            return Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException e) {
            throw notHttp();
        }
    }

    private static WireException notHttp() {
        return new WireException(ConnectionFailure.Kind.NOT_HTTP, "");
    }
}
