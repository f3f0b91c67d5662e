package dev.parley.cascade.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The HTTP client under LangChain4j. It reads the stream on the calling thread: interrupting that thread ends the request at once, before the
 * first token too, and closes its connection. Follows no redirect, so that a key stays with its host, and reads no body of an error.
 * Thread-safe.
 */
final class BlockingClient implements HttpClient {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final int SUCCESS = 2;
    /** Maximum size of a response, in bytes. A reply of 4000 characters takes about a megabyte. */
    private static final int MAX_BODY = 8_000_000;

    private final java.net.http.HttpClient http;

    BlockingClient(java.net.http.HttpClient http) {
        this.http = http;
    }

    /** Only streams are read. */
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("a response is read as a stream");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        try {
            HttpResponse<InputStream> response = http.send(of(request), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() / 100 != SUCCESS) {
                    throw new StatusException(response.statusCode(), retryAfter(response));
                }
                listener.onOpen(SuccessfulHttpResponse.builder()
                        .statusCode(response.statusCode())
                        .headers(response.headers().map())
                        .build());
                parser.parse(new LimitedStream(body, MAX_BODY), listener);
                listener.onClose();
            }
        } catch (InterruptedException | InterruptedIOException cancelled) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            listener.onError(failed);
        }
    }

    private static java.net.http.HttpRequest of(HttpRequest request) {
        var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        return builder.build();
    }

    /** Returns the time after which a retry is allowed, if it is given in seconds; zero otherwise. */
    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("retry-after")
                .map(String::strip)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    /** Returns a builder for LangChain4j that always returns this client. Timeouts are watched by the conversation. */
    HttpClientBuilder builder() {
        return new Builder(this);
    }

    private record Builder(BlockingClient client) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return OpenAiModel.CONNECT;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }

    /** Returns the headers of a request with a key; none without one. */
    static Map<String, String> authorization(String key) {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }
}
