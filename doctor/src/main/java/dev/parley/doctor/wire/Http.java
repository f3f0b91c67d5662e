package dev.parley.doctor.wire;

import dev.parley.doctor.evidence.Answer;
import dev.parley.doctor.evidence.Failure;
import dev.parley.doctor.evidence.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/**
 * HTTP/1.1 over a {@link Line}. Not thread-safe. A head of more than {@value #MAX_HEAD} bytes is no HTTP; of a body more than
 * {@value #MAX_BODY} bytes are not read.
 */
public final class Http {
    private static final int MAX_HEAD = 64 * 1024;
    private static final int MAX_BODY = 4 * 1024 * 1024;

    private final Line line;
    private final String authority;
    private boolean reusable = true;
    private boolean used;

    public Http(Line line, String authority) {
        this.line = line;
        this.authority = authority;
    }

    public Line line() {
        return line;
    }

    /** Whether the connection can carry another request. */
    public boolean reusable() {
        return reusable;
    }

    /** Whether it has carried an answer before: then a server may have closed it meanwhile, and a browser would ask again on another one. */
    public boolean used() {
        return used;
    }

    /** Sends a request and reads its whole answer; for a 101 only the head. */
    public Answer send(Request request, Duration timeout) throws WireException {
        try {
            line.until(timeout);
            reusable = false;
            boolean cut = false;
            try {
                line.write(request.bytes(authority), timeout);
            } catch (IOException e) {
                // A server that refuses a large body answers, and closes, before it was all sent.
                if (request.body().length < MAX_HEAD) {
                    throw e;
                }
                cut = true;
            }
            long sent = System.nanoTime();
            var answer = answer(request.method().equals("HEAD"), sent);
            reusable &= !cut;
            used = true;
            return answer;
        } catch (IOException e) {
            line.close();
            throw WireException.of(e);
        }
    }

    private Answer answer(boolean headOnly, long sent) throws IOException {
        int first = line.read();
        long begun = System.nanoTime();
        var budget = new int[]{MAX_HEAD};
        String status = (char) first + readLine(budget);
        // Interim answers, such as 100 and 103, announce another one.
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
            boolean close = headers.says("connection", "close")
                    || (status.startsWith("HTTP/1.0") && !headers.says("connection", "keep-alive"));
            reusable = !close;
            if (!headOnly && code != 204 && code != 304) {
                body = body(headers);
            }
        }
        return new Answer(code, headers, body, Duration.ofNanos(begun - sent),
                Duration.ofNanos(System.nanoTime() - sent));
    }

    private byte[] body(Headers headers) throws IOException {
        var body = new ByteArrayOutputStream();
        if (headers.says("transfer-encoding", "chunked")) {
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
            // This is how such a body ends.
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
            int read = line.read(part, 0, (int) Math.min(part.length, left));
            into.write(part, 0, read);
            left -= read;
        }
    }

    private Headers headers(int[] budget) throws IOException {
        var headers = new ArrayList<Headers.Header>();
        for (String next = readLine(budget); !next.isEmpty(); next = readLine(budget)) {
            int colon = next.indexOf(':');
            if (colon <= 0) {
                throw notHttp();
            }
            headers.add(
                    new Headers.Header(next.substring(0, colon).strip(), next.substring(colon + 1).strip()));
        }
        return new Headers(headers);
    }

    private String readLine(int[] budget) throws IOException {
        var text = new ByteArrayOutputStream();
        for (int next = line.read(); next != '\n'; next = line.read()) {
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
        return new WireException(Failure.Kind.NOT_HTTP, "");
    }
}
