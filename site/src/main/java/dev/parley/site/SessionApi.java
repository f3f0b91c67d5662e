package dev.parley.site;

import dev.parley.access.SessionTokens;
import dev.parley.access.VisitorAuth;
import dev.parley.calls.visitor.Grant;
import dev.parley.calls.visitor.Visitor;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /api/session}: issues a token for one conversation to the backend of a site, which shows its key as {@code Authorization: Bearer} (RFC 6750)
 * and never as a cookie. Wrong keys are logged, and slowed down for each address alone. Runs on the event loops.
 */
public final class SessionApi {

    private static final int LARGEST_BODY = 10_000;
    private static final int MOST_TOOLS = 50;
    private static final int LONGEST_NAME = 100;
    private static final Set<String> FIELDS = Set.of("user", "persona", "voice", "tools", "limits");

    private final VisitorAuth auth;
    private final Set<String> personas;
    private final BearerTokens keys;

    /** A request that cannot be met; the message says why. */
    private static final class InvalidRequestException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidRequestException(String message) {
            super(message);
        }
    }

    /**
     * @param personas the ids of the known ones
     * @param keys     checks the keys of backends
     */
    public SessionApi(VisitorAuth auth, List<String> personas, BearerTokens keys) {
        this.auth = auth;
        this.personas = Set.copyOf(personas);
        this.keys = keys;
    }

    void handle(HttpServerRequest request) {
        Optional<SessionTokens> tokens = auth.sessions();
        if (tokens.isEmpty()) {
            SiteRouter.fail(request, 404, "not found");
        } else {
            JsonBody.read(request, LARGEST_BODY, body -> {
                if (BearerToken.isIn(request)) {
                    keys.check(request, () -> BearerToken.of(request).filter(auth::isApiKey).isPresent(),
                            () -> issue(request, tokens.get(), body));
                } else {
                    request.response().putHeader("WWW-Authenticate", "Bearer");
                    SiteRouter.fail(request, 401,
                            "send one of the api-keys as \"Authorization: Bearer KEY\"");
                }
            });
        }
    }

    private void issue(HttpServerRequest request, SessionTokens tokens, JsonNode body) {
        try {
            var issued = tokens.issue(read(body));
            SiteRouter.json(request, 201,
                    Map.of("token", issued.token(), "expires", issued.until().toString()));
        } catch (InvalidRequestException | IllegalArgumentException invalid) {
            SiteRouter.fail(request, 400, String.valueOf(invalid.getMessage()));
        }
    }

    private SessionTokens.Request read(JsonNode body) throws InvalidRequestException {
        for (String name : body.propertyNames()) {
            require(FIELDS.contains(name), "unknown field " + shortened(name)
                    + ": a session has user, persona, voice, tools and limits");
        }
        Optional<String> persona = text(body, "persona", LONGEST_NAME);
        require(persona.isEmpty() || personas.contains(persona.get()), "no such persona");
        return new SessionTokens.Request(text(body, "user", Visitor.LONGEST_USER).orElse(""), length(body),
                new Grant(persona, text(body, "voice", LONGEST_NAME), tools(body)));
    }

    private static Duration length(JsonNode body) throws InvalidRequestException {
        JsonNode limits = body.path("limits");
        require(limits.isMissingNode() || limits.isObject(), "limits must be an object");
        for (String name : limits.propertyNames()) {
            require(name.equals("seconds"), "unknown limit " + shortened(name) + ": limits have seconds");
        }
        if (!limits.has("seconds")) {
            return SessionTokens.LENGTH;
        }
        JsonNode seconds = limits.path("seconds");
        require(seconds.isInt() && seconds.asInt() >= 10
                && seconds.asInt() <= SessionTokens.LENGTH.toSeconds(),
                "limits.seconds must be a whole number from 10 to " + SessionTokens.LENGTH.toSeconds());
        return Duration.ofSeconds(seconds.asInt());
    }

    private static Optional<List<String>> tools(JsonNode body) throws InvalidRequestException {
        JsonNode given = body.path("tools");
        if (given.isMissingNode()) {
            return Optional.empty();
        }
        require(given.isArray() && given.size() <= MOST_TOOLS,
                "tools must be a list of at most " + MOST_TOOLS + " names");
        var names = new ArrayList<String>();
        for (JsonNode name : given) {
            require(name.isString() && !name.asString().isEmpty() && name.asString().length() <= LONGEST_NAME,
                    "tools must be a list of names");
            names.add(name.asString());
        }
        return Optional.of(names);
    }

    private static Optional<String> text(JsonNode body, String name, int longest)
            throws InvalidRequestException {
        JsonNode given = body.path(name);
        if (given.isMissingNode()) {
            return Optional.empty();
        }
        require(given.isString() && !given.asString().isBlank() && given.asString().length() <= longest,
                name + " must be a text of 1 to " + longest + " characters");
        return Optional.of(given.asString());
    }

    private static void require(boolean holds, String message) throws InvalidRequestException {
        if (!holds) {
            throw new InvalidRequestException(message);
        }
    }

    private static String shortened(String name) {
        return name.length() > 40 ? name.substring(0, 40) + "..." : name;
    }
}
