package dev.parley.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;

/** The HTTP client with what every request of one {@link SocketClient} shares. Thread-safe. */
record Wire(HttpClient http, Address address, ClientOptions options) {

    /** An HTTP client as a browser has it: TLS defaults of the JDK, keep-alive, HTTP/1.1 because a WebSocket needs it. */
    static HttpClient newHttpClient(ClientOptions options) {
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.limits().connect())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (options.cookies()) {
            builder.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER));
        }
        return builder.build();
    }

    /** A polling GET. Without a timeout of its own: whoever watches the heartbeat interrupts it. */
    String get(URI uri) throws IOException, InterruptedException {
        return exchange(request(uri).GET().build());
    }

    String get(URI uri, Duration timeout) throws IOException, InterruptedException {
        return exchange(request(uri).timeout(timeout).GET().build());
    }

    void post(URI uri, String body) throws IOException, InterruptedException {
        exchange(request(uri).timeout(options.limits().send())
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(URI uri) {
        var builder = HttpRequest.newBuilder(uri);
        options.headers().forEach(builder::header);
        return builder;
    }

    /** The body of a 200; any other answer is thrown as a {@link ClientException}. */
    private String exchange(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        int limit = options.limits().messageBytes();
        try (var in = response.body()) {
            byte[] bytes = in.readNBytes(limit);
            if (bytes.length == limit && in.read() >= 0) {
                throw new ClientException(ClientException.Kind.PROTOCOL,
                        "The server sent more than " + limit + " bytes in one answer.");
            }
            String body = new String(bytes, StandardCharsets.UTF_8);
            boolean ours = response.statusCode() == 200 && !body.stripLeading().startsWith("<")
                    && !body.startsWith("{");
            if (!ours) {
                throw Failures.of(address, false, response.statusCode(), response.headers(), body);
            }
            return body;
        }
    }
}
