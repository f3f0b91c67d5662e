package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.parley.app.Smuggling;
import dev.parley.app.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Tests invalid and unusual requests to the whole site. */
class RequestSyntaxIT {
    private final TestServer parley = TestServer.start(Map.of("allowed-origins", "https://a.example",
            "admin-password", "long enough", "public-url", "http://a"));

    @AfterEach
    void close() {
        parley.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/health/ready", "/admin", "/nothing",
            "/socket.io/?EIO=4&transport=polling", "/socket.io/socket.io.js"})
    void requestRequiresOneHost(String target) throws Exception {
        assertThat(status(target, "HTTP/1.1")).isEqualTo(400);
        assertThat(status(target, "HTTP/1.1", "Host: a", "Host: a")).isEqualTo(400);
        assertThat(status(target, "HTTP/1.0", "Host: a", "Host: b")).isEqualTo(400);
        assertThat(status(target, "HTTP/1.1", "Host: a b")).isEqualTo(400);
        int right = status(target, "HTTP/1.1", "Host: a");
        assertThat(right).isNotEqualTo(400);
        // The health checks in deploy name no host; for all else it must be the server's.
        assertThat(status(target, "HTTP/1.0")).isEqualTo(target.startsWith("/health") ? right : 421);
    }

    @ParameterizedTest
    @CsvSource({"/health?, 5000, 10, 200", "/health?, 17000, 10, 414", "/health?, 10, 20000, 200",
            "/health?, 10, 33000, 431", "/health?, 40000, 10, 414", "/health?, 10, 90000, 431",
            "/socket.io/?EIO=4&transport=polling&q=, 5000, 9000, 200",
            "/socket.io/?EIO=4&transport=polling&q=, 17000, 10, 414",
            "/socket.io/?EIO=4&transport=polling&q=, 10, 33000, 431"})
    void longHeadsAreAcceptedUpToTheLimits(String target, int query, int cookies, int status)
            throws Exception {
        String answer = ask("GET " + target + "x".repeat(query) + " HTTP/1.1", "Host: a",
                "Origin: https://a.example", "Cookie: " + "x".repeat(cookies), "Connection: close");
        assertThat(answer.substring(8, 13)).isEqualTo(" " + status + " ");
        if (target.startsWith("/socket.io")) {
            assertThat(answer).containsIgnoringCase("access-control-allow-origin: https://a.example")
                    .containsIgnoringCase("access-control-allow-credentials: true");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health?%", "/health?a=%zz&b=1", "/?%ff"})
    void strayPercentSignIsAccepted(String target) throws Exception {
        assertThat(status(target, "HTTP/1.1", "Host: a")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /hea", "\u0000garbage", "GET /api/voices HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /admin/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"})
    void connectionResetIsNotLoggedAsError(String begin) throws Exception {
        // Event loops still write while this thread reads.
        var warnings = new ConcurrentLinkedQueue<String>();
        var ear = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent line) {
                if (line.getLevel().isGreaterOrEqual(Level.WARN)) {
                    warnings.add(line.getFormattedMessage());
                }
            }
        };
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ear.start();
        root.addAppender(ear);
        try {
            for (int i = 0; i < 20; i++) {
                try (var socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
                    socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
                    socket.setSoLinger(true, 0);
                }
            }
            assertThat(status("/health", "HTTP/1.1", "Host: a")).isEqualTo(200);
        } finally {
            root.detachAppender(ear);
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void expectedBodyOfTheAdminPageGets100() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
            socket.setSoTimeout(60_000);
            write(socket, "POST /admin/login HTTP/1.1", "Host: a", "Content-Type: application/json",
                    "Content-Length: 2", "Expect: 100-continue", "Connection: close");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1))
                    .isEqualTo("HTTP/1.1 100");
            socket.getOutputStream().write("{}".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .contains("HTTP/1.1 401");
        }
    }

    @Test
    void ambiguousRequestsAreRejected() throws Exception {
        for (String vector : Smuggling.vectors()) {
            assertThat(statuses(Smuggling.send(parley.port(), vector))).as(vector)
                    .isNotEmpty()
                    .first()
                    .isIn("400", "501");
        }
    }

    @Test
    void ambiguousRequestsSmuggleNoSecondRequest() throws Exception {
        for (String vector : Smuggling.vectors()) {
            String answer = Smuggling.send(parley.port(), vector);
            // If the end of the body is unambiguous, the rest is a separate request.
            if (!vector.contains(", chunked\r\n") && !vector.contains("\r\n: a\r\n")
                    && !vector.contains("Host: b")) {
                assertThat(statuses(answer)).as(vector).hasSize(1);
                assertThat(answer).doesNotContain("\"tools\"");
            }
        }
        for (String vector : Smuggling.chunks()) {
            assertThat(Smuggling.send(parley.port(), vector)).as(vector).doesNotContain("\"tools\"");
        }
    }

    private static List<String> statuses(String answers) {
        return answers.lines()
                .filter(line -> line.startsWith("HTTP/1."))
                .map(line -> line.substring(9, 12))
                .toList();
    }

    private int status(String target, String version, String... headers) throws IOException {
        String[] lines = new String[headers.length + 2];
        lines[0] = "GET " + target + " " + version;
        System.arraycopy(headers, 0, lines, 1, headers.length);
        lines[lines.length - 1] = "Connection: close";
        return Integer.parseInt(ask(lines).substring(9, 12));
    }

    /** Returns the response. The server may reset the connection when it has refused a request of which it has not read all. */
    private String ask(String... lines) throws IOException {
        var answer = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), parley.port())) {
            socket.setSoTimeout(60_000);
            try {
                write(socket, lines);
            } catch (SocketException reset) {
                // The response has arrived all the same.
            }
            socket.getInputStream().transferTo(answer);
        } catch (SocketException reset) {
            // The bytes received so far count.
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private static void write(Socket socket, String... lines) throws IOException {
        socket.getOutputStream()
                .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
