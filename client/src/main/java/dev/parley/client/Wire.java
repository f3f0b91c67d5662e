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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** The HTTP client, address and options that all requests of one {@link SocketClient} share. Thread-safe. */
record Wire(HttpClient http, Address address, ClientOptions options) {

    /** Returns an HTTP client with the JDK's TLS defaults, keep-alive, and HTTP/1.1, which a WebSocket needs. */
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

    /** Sends a poll without a timeout: the session cancels it if the heartbeat is missed. */
    CompletableFuture<String> get(URI uri) {
        return exchange(request(uri).GET().build());
    }

    CompletableFuture<String> get(URI uri, Duration timeout) {
        return exchange(request(uri).timeout(timeout).GET().build());
    }

    CompletableFuture<String> post(URI uri, String body) {
        return exchange(request(uri).timeout(options.limits().send())
                .header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private HttpRequest.Builder request(URI uri) {
        var builder = HttpRequest.newBuilder(uri);
        options.headers().forEach(builder::header);
        return builder;
    }

    private CompletableFuture<String> exchange(HttpRequest request) {
        return http.sendAsync(request, BodyHandlers.ofInputStream())
                .thenApplyAsync(this::body, Thread::startVirtualThread);
    }

    /** Returns the body of a response with status 200; throws {@link ClientException} for any other. */
    private String body(HttpResponse<InputStream> response) {
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
                throw ClientFailures.of(address, false, response.statusCode(), response.headers(), body);
            }
            return body;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
