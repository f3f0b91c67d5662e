package dev.parley.site;

import dev.parley.access.HostNames;
import dev.parley.access.Identity;
import dev.parley.server.http.HeadCheck;
import dev.parley.server.http.HttpOptions;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Handles every request of the server; forwards those for Socket.IO. Runs on the event loops. */
public final class SiteRouter implements Handler<HttpServerRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(SiteRouter.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Sources sources;
    private final String socketPath;
    private final Handler<HttpServerRequest> sockets;
    private final HttpOptions http;
    private final MetricsPage metrics;
    private final Optional<AdminPage> admin;
    private final HostCheck hosts;
    private final VisitorPages visitors;
    private final SessionApi sessions;
    private final SecurityHeaders headers;
    private final Function<Identity, List<String>> choices;
    private final UntrustedProxy proxy;
    private final StaticFiles page = new StaticFiles("web");

    /** The response of {@code GET /api/voices}. */
    public record Voices(String model, List<Voice> voices) {
        /** A voice for the page's selection. */
        public record Voice(String id, String label, String language) {}
    }

    /** The speech model in use, and the reason for its choice. */
    public record Chosen(String model, String why) {}

    /** One entry of {@code GET /api/tools}. */
    public record Tool(String name, String description) {}

    /** One entry of {@code GET /api/personas}, the default one first; without the prompt, which stays secret. */
    public record Persona(String id, String name, String description, String greeting, String voice) {}

    /** The response of {@code GET /api/connection}: the path and the transports of Socket.IO. */
    public record ConnectionInfo(String path, List<String> transports) {
        public ConnectionInfo {
            transports = List.copyOf(transports);
        }
    }

    /**
     * Who may come in, and how.
     *
     * @param hosts          the names under which the server is reached
     * @param visitors       what visitors must show
     * @param sessions       issues tokens for conversations
     * @param frameAncestors the origins whose pages may show the page in a frame
     * @param choices        what a visitor may choose for its conversations
     * @param proxy          looks at requests
     */
    public record Entrance(HostNames hosts, VisitorPages visitors, SessionApi sessions,
            List<String> frameAncestors, Function<Identity, List<String>> choices, UntrustedProxy proxy) {
        public Entrance {
            frameAncestors = List.copyOf(frameAncestors);
        }
    }

    /** The load in {@code /health/ready}: conversations with the model, connected browsers, and whether no further one can connect. */
    public record Load(int activeSessions, int socketConnections, boolean full) {}

    /** The cluster in {@code /health/ready}: whether Redis is connected, and the number of servers. */
    public record Cluster(boolean connected, int servers) {}

    /**
     * The data of the responses.
     *
     * @param readiness called for each request, on event loops; must not block
     * @param draining  whether the server is draining; likewise
     * @param load      likewise
     * @param chosen    likewise; empty until it is known
     * @param cluster   likewise; empty without one
     * @param tools     likewise
     * @param servers   likewise; the state of the MCP servers
     * @param voices    completed when the model has started; earlier requests wait for it
     */
    public record Sources(Supplier<ServerReadiness> readiness, BooleanSupplier draining, Supplier<Load> load,
            CompletableFuture<Voices> voices, Supplier<List<Tool>> tools, Supplier<?> servers,
            List<Persona> personas, ConnectionInfo connectionInfo, Supplier<Optional<Chosen>> chosen,
            Supplier<Optional<Cluster>> cluster, InstantSource clock) {
        public Sources {
            personas = List.copyOf(personas);
        }
    }

    /**
     * @param sockets  handles requests for Socket.IO
     * @param http     the limits of requests
     * @param entrance who may come in, and how
     */
    public SiteRouter(Sources sources, Handler<HttpServerRequest> sockets, HttpOptions http,
            MetricsPage metrics, Optional<AdminPage> admin, Entrance entrance) {
        this.proxy = entrance.proxy();
        this.sources = sources;
        this.socketPath = sources.connectionInfo().path().replaceFirst("/$", "");
        this.sockets = sockets;
        this.http = http;
        this.metrics = metrics;
        this.admin = admin;
        this.visitors = entrance.visitors();
        this.sessions = entrance.sessions();
        this.choices = entrance.choices();
        this.headers = new SecurityHeaders(entrance.frameAncestors());
        this.hosts = new HostCheck(entrance.hosts(), http, sources.clock());
    }

    @Override
    public void handle(HttpServerRequest request) {
        headers.putOn(request.response().headers());
        proxy.observe(request);
        try {
            String path = request.path() == null ? "" : request.path();
            visitors.strip(request);
            if (hosts.admits(request, path)) {
                route(request, path);
            }
        } catch (RuntimeException broken) {
            if (request.response().closed()) {
                LOG.debug("a client disconnected while its request was handled");
                return;
            }
            LOG.error("a request failed", broken);
            if (!request.response().headWritten()) {
                fail(request, 500, "internal error");
            }
        }
    }

    private void route(HttpServerRequest request, String path) {
        if (path.equals(socketPath) || path.startsWith(socketPath + "/")) {
            sockets.handle(request); // it checks the request head itself
            return;
        }
        SmallBody.closeUnread(request);
        var fault = HeadCheck.fault(request, http);
        if (fault.isPresent()) {
            fail(request, fault.get().status(), fault.get().why());
            return;
        }
        if (AdminPage.handles(path)) {
            admin.ifPresentOrElse(page -> page.handle(request, path), () -> fail(request, 404, "not found"));
            return;
        }
        if (VisitorPages.handles(path)) {
            visitors.handle(request, path);
            return;
        }
        switch (path) {
            case "/", "/index.html" -> read(request,
                    () -> visitors.startPage(request, () -> page.find("/").orElseThrow().send(request)));
            case "/health" -> read(request, () -> health(request));
            case "/health/ready" -> read(request, () -> ready(request));
            case "/api/session" -> sessions.handle(request);
            case "/metrics" -> read(request, () -> metrics.handle(request));
            case "/api/choices", "/api/connection", "/api/voices", "/api/personas", "/api/mcp-servers",
                    "/api/tools" ->
                read(request, () -> visitors.visitor(request, identity -> data(request, path, identity)));
            case "/check" -> {
                request.response().putHeader("Location", "/check/");
                fail(request, 302, "moved to /check/");
            }
            case "/check/" -> {
                headers.putCheckPolicy(request.response().headers());
                file(request, path);
            }
            default -> file(request, path);
        }
    }

    private void file(HttpServerRequest request, String path) {
        page.find(path)
                .ifPresentOrElse(file -> read(request, () -> file.send(request)),
                        () -> fail(request, 404, "not found"));
    }

    /** Responds with data for the page, to visitors who may come in. */
    private void data(HttpServerRequest request, String path, Identity identity) {
        switch (path) {
            case "/api/choices" -> json(request, 200, Map.of("may", choices.apply(identity)));
            case "/api/connection" -> json(request, 200, sources.connectionInfo());
            case "/api/voices" -> voices(request);
            case "/api/personas" -> json(request, 200, Map.of("personas", sources.personas()));
            case "/api/mcp-servers" -> json(request, 200, Map.of("servers", sources.servers().get()));
            default -> json(request, 200, Map.of("tools", sources.tools().get()));
        }
    }

    private void health(HttpServerRequest request) {
        var body = JSON.createObjectNode()
                .put("status", "ok")
                .put("timestamp", sources.clock().instant().toString());
        sources.chosen()
                .get()
                .ifPresent(chosen -> body.put("model", chosen.model()).put("modelBecause", chosen.why()));
        json(request, 200, body);
    }

    private void ready(HttpServerRequest request) {
        ServerReadiness now = sources.readiness().get();
        Load load = sources.load().get();
        boolean draining = sources.draining().getAsBoolean();
        String model = now.state().name().toLowerCase(Locale.ROOT);
        var body = JSON.createObjectNode()
                .put("status", draining ? "draining" : load.full() ? "full" : model)
                .put("model", model)
                .put("draining", draining)
                .put("activeSessions", load.activeSessions())
                .put("socketConnections", load.socketConnections());
        now.reason().ifPresent(reason -> body.put("message", reason));
        // Without Redis the server stays ready: it serves its own clients, and the others are no better off.
        sources.cluster()
                .get()
                .ifPresent(cluster -> body.putObject("cluster")
                        .put("redis", cluster.connected() ? "connected" : "away")
                        .put("servers", cluster.servers()));
        boolean ready = now.state() == ServerReadiness.State.READY && !draining && !load.full();
        json(request, ready ? 200 : 503, body);
    }

    private void voices(HttpServerRequest request) {
        var loop = Vertx.currentContext();
        var unused = sources.voices().whenComplete((voices, failure) -> loop.runOnContext(now -> {
            if (failure == null) {
                json(request, 200, voices);
            } else {
                fail(request, 503, "the speech model could not be loaded");
            }
        }));
    }

    static void read(HttpServerRequest request, Runnable handler) {
        if (request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD)) {
            handler.run();
        } else {
            request.response().putHeader("Allow", "GET, HEAD");
            fail(request, 405, "method not allowed");
        }
    }

    static void fail(HttpServerRequest request, int status, String error) {
        json(request, status, Map.of("error", error));
    }

    static void json(HttpServerRequest request, int status, Object body) {
        byte[] bytes = JSON.writeValueAsBytes(body);
        HttpServerResponse response = request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .putHeader("Cache-Control", "no-store");
        StaticFiles.end(request, response, bytes);
    }
}
