package dev.parley.site;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a POST to one of the server's own addresses: a small JSON object. */
final class JsonBody {

    private static final JsonMapper JSON = new JsonMapper();

    private JsonBody() {}

    /**
     * Reads the body of a POST; responds with an error if it is not a JSON object of at most {@code largest} bytes. Other sites need a preflight for
     * this content type, and are rejected.
     *
     * @param then called on the event loop
     */
    static void read(HttpServerRequest request, int largest, Consumer<JsonNode> then) {
        if (!request.method().equals(HttpMethod.POST)) {
            request.response().putHeader("Allow", "POST");
            SiteRouter.fail(request, 405, "method not allowed");
            return;
        }
        String type = request.getHeader("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            SiteRouter.fail(request, 415, "send application/json");
            return;
        }
        SmallBody.read(request, largest, body -> parsed(body).ifPresentOrElse(then,
                () -> SiteRouter.fail(request, 400, "not a JSON object")));
    }

    private static Optional<JsonNode> parsed(Buffer body) {
        try {
            return Optional.of(JSON.readTree(body.getBytes())).filter(JsonNode::isObject);
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }
}
