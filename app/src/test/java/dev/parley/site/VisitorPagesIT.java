package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.app.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what a visitor gets without and with the password of the page, and under which names. */
class VisitorPagesIT {

    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestServer parley;

    @BeforeEach
    void start() {
        parley = TestServer
                .start(Map.of("auth", "password", "password", "long enough", "data", folder.toString()));
    }

    @AfterEach
    void close() {
        http.shutdownNow();
        parley.close();
    }

    @Test
    void strangerGetsTheLoginOnly() throws Exception {
        HttpResponse<String> page = get("/", "");
        assertThat(page.statusCode()).isEqualTo(303);
        assertThat(page.headers().firstValue("Location")).contains("/login");
        assertThat(get("/index.html", "").statusCode()).isEqualTo(303);
        assertThat(get("/login", "").body()).contains("<form id=\"login\">");
        for (String path : new String[]{"/api/connection", "/api/voices", "/api/personas", "/api/tools",
                "/api/mcp-servers"}) {
            HttpResponse<String> data = get(path, "");
            assertThat(data.statusCode()).as(path).isEqualTo(401);
            assertThat(data.body()).contains("\"reason\":\"accessMissing\"", "log in");
        }
        assertThat(get("/health", "").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready", "").statusCode()).isEqualTo(200);
        assertThat(joins("", "/")).startsWith("44{\"message\":\"This server asks for a password")
                .contains("\"reason\":\"accessMissing\"");
        assertThat(joins("", "/parley-doctor")).startsWith("44/parley-doctor,{\"message\"");
    }

    @Test
    void passwordOpensPageDataAndSockets() throws Exception {
        assertThat(login("wrong wrong").statusCode()).isEqualTo(401);
        HttpResponse<String> login = login("long enough");
        assertThat(login.statusCode()).isEqualTo(200);
        String set = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(set).startsWith("parley_visitor=")
                .contains("; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax")
                .doesNotContain("Secure");
        String cookie = set.substring(0, set.indexOf(';'));

        assertThat(get("/", cookie).statusCode()).isEqualTo(200);
        assertThat(get("/api/tools", cookie).statusCode()).isEqualTo(200);
        assertThat(joins(cookie, "/")).startsWith("40{\"sid\"");
        assertThat(joins(cookie + "A", "/")).startsWith("44{");
        assertThat(joins("a=b; " + cookie, "/parley-doctor")).startsWith("40/parley-doctor,{\"sid\"");
    }

    @Test
    void logoutForgetsTheCookie() throws Exception {
        var answer = post("/api/logout", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("parley_visitor=; Path=/; Max-Age=0");
    }

    @Test
    void serverWithoutAuthenticationHasNoLogin() throws Exception {
        try (var open = TestServer.start(Map.of())) {
            assertThat(get(open, "/login", "").statusCode()).isEqualTo(404);
            HttpResponse<String> page = get(open, "/", "");
            assertThat(page.statusCode()).isEqualTo(200);
            String set = page.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(set).startsWith("parley_visitor=").contains("; HttpOnly; SameSite=Lax");
            assertThat(get(open, "/", set.substring(0, set.indexOf(';'))).headers().firstValue("Set-Cookie"))
                    .as("a young cookie")
                    .isEmpty();
            assertThat(get(open, "/api/tools", "").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/tools", HANDSHAKE, "/admin", "/metrics", "/login"})
    void foreignNameGets421(String path) throws Exception {
        assertThat(raw(path, "Host: evil.example")).startsWith("HTTP/1.1 421 ").contains("--public-url");
        assertThat(raw(path, "Host: localhost:3000")).doesNotStartWith("HTTP/1.1 421 ");
        assertThat(raw(path, "Host: [::1]:3000")).doesNotStartWith("HTTP/1.1 421 ");
    }

    @ParameterizedTest
    @CsvSource({"/health, HTTP/1.1 200", "/health/ready, HTTP/1.1 200"})
    void healthRespondsForAnyName(String path, String status) throws Exception {
        assertThat(raw(path, "Host: 10.example:80")).startsWith(status);
        assertThat(exchange("GET " + path + " HTTP/1.0\r\n\r\n")).contains(" 200 ");
    }

    @Test
    void publicUrlIsANameAndAnOrigin() throws Exception {
        try (var named = TestServer.start(Map.of("public-url", "https://talk.example"))) {
            String request = "GET " + HANDSHAKE
                    + " HTTP/1.1\r\nHost: talk.example\r\nOrigin: https://talk.example\r\n"
                    + "Connection: close\r\n\r\n";
            assertThat(exchange(named, request)).startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("access-control-allow-origin: https://talk.example");
            assertThat(exchange(named, request.replace("Host: talk", "Host: talking")))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void pageOfAnotherSiteOpensNoSession() throws Exception {
        assertThat(raw(HANDSHAKE, "Host: localhost", "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw(HANDSHAKE, "Host: localhost", "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(raw("/socket.io/socket.io.js", "Host: localhost", "Sec-Fetch-Site: cross-site"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void onlyNamedSitesMayShowThePageInAFrame() throws Exception {
        var none = get("/login", "").headers();
        assertThat(none.firstValue("Content-Security-Policy").orElseThrow())
                .endsWith("; frame-ancestors 'none'");
        assertThat(none.firstValue("X-Frame-Options")).contains("DENY");
        try (var framed = TestServer
                .start(Map.of("frame-ancestors", "https://site.example,https://b.example:8443"))) {
            var headers = get(framed, "/", "").headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .endsWith("; frame-ancestors https://site.example https://b.example:8443");
            assertThat(headers.firstValue("X-Frame-Options")).isEmpty();
        }
    }

    private HttpResponse<String> login(String password) throws Exception {
        return post("/api/login", "{\"password\":\"" + password + "\"}");
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(parley.uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return get(parley, path, cookie);
    }

    private HttpResponse<String> get(TestServer from, String path, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(from.uri(path));
        return http.send((cookie.isEmpty() ? request : request.header("Cookie", cookie)).build(),
                BodyHandlers.ofString());
    }

    /** Returns the packet with which the server responds to a client that joins a namespace over polling. */
    private String joins(String cookie, String namespace) throws Exception {
        var sid = SID.matcher(get(HANDSHAKE, cookie).body());
        assertThat(sid.find()).isTrue();
        String session = HANDSHAKE + "&sid=" + sid.group(1);
        http.send(HttpRequest.newBuilder(parley.uri(session))
                .POST(BodyPublishers.ofString(namespace.equals("/") ? "40" : "40" + namespace + ","))
                .build(), BodyHandlers.ofString());
        return get(session, cookie).body();
    }

    private String raw(String path, String... headers) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n");
    }

    private String exchange(String request) throws IOException {
        return exchange(parley, request);
    }

    private static String exchange(TestServer with, String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), with.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
