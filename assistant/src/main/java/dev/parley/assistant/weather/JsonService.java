package dev.parley.assistant.weather;

import dev.parley.assistant.tool.NetworkPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a web service over HTTP. Waits for each response, at most {@link #WAIT}; ends when its thread is
 * interrupted. Thread-safe. A response is at most {@value #LARGEST} bytes. Addresses may hold private content, so no exception holds them.
 */
final class JsonService implements JsonSource {

    private static final int LARGEST = 256 * 1024;
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final JsonMapper json = new JsonMapper();
    private final Duration wait;
    private final HttpClient client;
    private final NetworkPolicy network;

    JsonService(NetworkPolicy network) {
        this(WAIT, network);
    }

    /** @param wait the longest wait for a connection, and for the head of a response */
    JsonService(Duration wait, NetworkPolicy network) {
        this.wait = wait;
        this.network = network;
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(wait)
                .build();
    }

    /** Returns the body of a response with status 200. */
    @Override
    public JsonNode get(URI address) throws Unavailable {
        var request = HttpRequest.newBuilder(address)
                .timeout(wait)
                .header("Accept", "application/json")
                .build();
        try {
            network.require(address);
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new Unavailable("status " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw new Unavailable("the answer is too large");
                }
                return json.readTree(bytes);
            }
        } catch (IOException unreachable) {
            throw new Unavailable(unreachable.getClass().getSimpleName());
        } catch (JacksonException notJson) {
            throw new Unavailable("the answer is not JSON");
        } catch (InterruptedException tooLate) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }
}
