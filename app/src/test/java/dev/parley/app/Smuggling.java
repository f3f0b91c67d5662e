package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Requests whose end two servers may interpret differently (request smuggling, RFC 9112, section 11.2). A request for {@code /api/tools}
 * follows each; only a vulnerable server responds to it.
 */
public final class Smuggling {
    private static final String HIDDEN = "GET /api/tools HTTP/1.1\r\nHost: a\r\n\r\n";

    private Smuggling() {}

    /** Heads of a POST with their bodies; the server must reject all of them. */
    public static List<String> vectors() {
        String empty = "0\r\n\r\n";
        return List.of(post("", "Content-Length: 5", "Transfer-Encoding: chunked") + empty,
                post("", "Transfer-Encoding: chunked", "Content-Length: 5") + empty,
                post("", "Content-Length: 3", "Content-Length: 0") + "abc", post("", "Content-Length: 0, 3"),
                post("", "Content-Length: +3") + "abc", post("", "Content-Length: -3"),
                post("", "Content-Length: 0x3") + "abc", post("", "Content-Length: 3 4") + "abc",
                post("", "Content-Length: 99999999999999999999"), post("", "Content-Length : 3") + "abc",
                post("", "Content-Length:"), post("", "Transfer-Encoding: xchunked") + empty,
                post("", "Transfer-Encoding: chunked, identity") + empty,
                post("", "Transfer-Encoding: chunked", "Transfer-Encoding: identity") + empty,
                post("", "Transfer-Encoding: chunked, chunked") + empty,
                post("", "Transfer-Encoding: gzip, chunked") + empty,
                post("", "Transfer-Encoding: identity, chunked") + empty,
                post("", "Transfer-Encoding: identity", "Content-Length: 3") + "abc",
                post("", "Transfer-Encoding: \"chunked\"") + empty,
                post("", "Transfer-Encoding : chunked") + empty,
                post("", "Transfer-Encoding: \u000bchunked") + empty, post("", "Transfer-Encoding:"),
                post("", "X: a\rTransfer-Encoding: chunked") + empty,
                post("", "X: a\nTransfer-Encoding: chunked") + empty,
                post("", "X: a\u0000b", "Content-Length: 0"), post("", "X Y: a", "Content-Length: 0"),
                post("", ": a", "Content-Length: 0"),
                post("", " X: a", "Content-Length: 0").replace("Host: a\r\n", ""),
                post("1.0", "Transfer-Encoding: chunked") + empty, post("", "Host: b", "Content-Length: 0"));
    }

    /** Invalid chunked bodies; the server must close the connection after each. */
    public static List<String> chunks() {
        return List
                .of("100000000000000003\r\nabc\r\n0\r\n\r\n", "100000003\r\nabc\r\n0\r\n\r\n",
                        "-3\r\nabc\r\n0\r\n\r\n", "+3\r\nabc\r\n0\r\n\r\n", "0x3\r\nabc\r\n0\r\n\r\n",
                        "3_\r\nabc\r\n0\r\n\r\n", "\r\nabc\r\n0\r\n\r\n", "3;a\nb\r\nabc\r\n0\r\n\r\n",
                        "3;a\rb\r\nabc\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "3\r\nabc0\r\n\r\n",
                        "3\r\nabcXX0\r\n\r\n", "3\r\nabc\n0\r\n\r\n", "0\r\nX Y: 1\r\n\r\n")
                .stream()
                .map(body -> post("", "Transfer-Encoding: chunked") + body)
                .toList();
    }

    /** Sends a vector with the hidden request, and returns the response until the server closes the connection or sends no more. */
    public static String send(int port, String vector) throws IOException {
        var answer = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000); // each vector has a response, and a busy machine may be late with it
            socket.getOutputStream().write((vector + HIDDEN).getBytes(StandardCharsets.ISO_8859_1));
            byte[] buffer = new byte[8_192];
            for (int n = socket.getInputStream().read(buffer); n > 0; n = socket.getInputStream()
                    .read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                socket.setSoTimeout(500);
            }
        } catch (SocketTimeoutException | SocketException e) {
            // The bytes received so far count.
        }
        return answer.toString();
    }

    /** A proxy may interpret such a request in one way if the server interprets it in the same way. */
    public static void assertNotSmuggledThrough(int port) throws IOException {
        for (String vector : vectors()) {
            send(port, vector);
            assertNoOtherClientGetsTheResponse(port, vector);
        }
        for (String vector : chunks()) {
            send(port, vector);
            assertNoOtherClientGetsTheResponse(port, vector);
        }
    }

    private static void assertNoOtherClientGetsTheResponse(int port, String vector) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).as("after %s", vector)
                    .startsWith("HTTP/1.1 200")
                    .contains("\"status\":\"ok\"");
        }
    }

    private static String post(String version, String... headers) {
        return "POST /health HTTP/" + (version.isEmpty() ? "1.1" : version) + "\r\nHost: a\r\n"
                + String.join("\r\n", headers) + "\r\n\r\n";
    }
}
