package dev.parley.app;

import dev.parley.access.SocketGate;
import dev.parley.access.VisitorAuth;
import dev.parley.app.cluster.ClusterNode;
import dev.parley.app.metrics.CallMetrics;
import dev.parley.app.metrics.ClusterMetrics;
import dev.parley.app.metrics.Metrics;
import dev.parley.assistant.appointment.AppointmentTools;
import dev.parley.assistant.appointment.CalendarImport;
import dev.parley.assistant.mcp.McpServers;
import dev.parley.assistant.persona.PersonaChecks;
import dev.parley.assistant.persona.Personas;
import dev.parley.assistant.standard.StandardTools;
import dev.parley.assistant.tool.NetworkPolicy;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.weather.WeatherTool;
import dev.parley.calls.BrowserSockets;
import dev.parley.calls.CallRuntime;
import dev.parley.calls.Calls;
import dev.parley.cluster.ClusterException;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.CorsOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.engine.FailedAttempts;
import dev.parley.server.metrics.ServerMetrics;
import dev.parley.settings.Settings;
import dev.parley.settings.SettingsException;
import dev.parley.site.AddressLimits;
import dev.parley.site.BearerTokens;
import dev.parley.site.ConnectionLog;
import dev.parley.site.LineLimit;
import dev.parley.site.MetricsPage;
import dev.parley.site.RequestLog;
import dev.parley.site.UntrustedProxy;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.Persona;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server; {@link #start} creates its parts and connects them. Thread-safe.
 */
final class Parley implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parley.class);

    /** Most platforms give a container ten seconds to stop; the original service took five. */
    private static final Duration CLOSING = Duration.ofMillis(4_500);

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean draining;
    private final Duration grace;
    private final Models models;
    private final Vertx vertx;
    private final SocketIoServer sockets;
    private final AlarmThread alarms;
    private final Calls calls;
    private final McpServers servers;
    private volatile int port;
    private final Metrics metrics;
    private final Optional<ClusterNode> cluster;

    private Parley(Models models, Vertx vertx, SocketIoServer sockets, AlarmThread alarms, Calls calls,
            McpServers servers, Metrics metrics, AtomicBoolean draining, Duration grace,
            Optional<ClusterNode> cluster) {
        this.models = models;
        this.vertx = vertx;
        this.sockets = sockets;
        this.alarms = alarms;
        this.calls = calls;
        this.servers = servers;
        this.metrics = metrics;
        this.draining = draining;
        this.grace = grace;
        this.cluster = cluster;
    }

    /**
     * Starts the server, which responds to HTTP at once, even if the model is not loaded yet.
     *
     * @param models the speech model, loaded or not; the server closes it
     * @throws StartException    if it cannot listen
     * @throws SettingsException if it would let strangers in, although that is not meant
     */
    static Parley start(Settings settings, Models models) {
        settings.access().requireSafe(settings.profile());
        Clock clock = Clock.systemUTC();
        List<Persona> personas = Personas.load(settings.talk().personas(), settings.talk().persona());
        Optional<ClusterNode> cluster = settings.cluster().map(Parley::join);
        List<Tool> own = tools(settings, cluster);
        McpServers servers = McpServers.start(settings.tools().mcp(), settings.talk().toolTimeout(),
                new NetworkPolicy(settings.tools().linkLocal()));
        Supplier<List<Tool>> tools = () -> Stream.concat(own.stream(), servers.tools().stream()).toList();
        warnOfPersonas(personas, own, models.started());
        var alarms = new AlarmThread("call-alarms");
        var options = CallSettings.options(settings);
        var runtime = CallRuntime.onVirtualThreads(clock, alarms);
        var calls = cluster
                .map(node -> new Calls(models.started(), tools, personas, options, runtime, node.budgets())
                        .keepIn(node.conversations()))
                .orElseGet(() -> new Calls(models.started(), tools, personas, options, runtime));

        cluster.ifPresent(node -> {
            calls.signTokens(node.secrets());
            LOG.atInfo()
                    .addKeyValue("servers", node.servers())
                    .addKeyValue("maxConversations", settings.talk().maxConversations())
                    .log("joined the cluster: limits of conversations and spending are for all of its servers");
        });
        var metrics = new Metrics(settings.monitoring());
        calls.listen(new CallMetrics(metrics.registry(), settings.monitoring().prices()));
        metrics.gauge("parley.conversations.open", "Open streams to the model", calls::openStreams);

        var lines = new LineLimit(alarms::in);
        ServerOptions base = options(settings);
        var sockets = SocketIoServer.create(cluster.map(node -> node.serverOptions(base)).orElse(base))
                .addListener(new ConnectionLog(lines));
        sockets.addListener(new ServerMetrics(metrics.registry(), sockets));
        var auth = VisitorAuth.of(settings.access(), settings.talk().data(),
                cluster.map(ClusterNode::secrets), clock);
        var gate = new SocketGate(auth, alarms::in, clock);
        gate.guard(sockets.of("/"));
        var choices = new ClientChoices(settings, models::billed);
        BrowserSockets.connect(sockets, calls, socket -> choices.admit(SocketGate.of(socket)));
        if (settings.connection().echo()) {
            gate.guard(sockets.of(EchoNamespace.NAME));
            EchoNamespace.open(sockets);
        }

        var draining = new AtomicBoolean();
        var self = new AtomicReference<Parley>();
        var proxy = new UntrustedProxy(settings.web().trustedProxies());
        var tokens = new BearerTokens(new FailedAttempts(), settings.web().trustedProxies(), clock);
        var admin = new AdminSetup(settings, sockets, calls, draining::get, () -> drainOf(self), clock,
                cluster, tokens, () -> models.replies(settings), proxy::hint).open(alarms::in);
        cluster.ifPresent(node -> measure(node, metrics));
        var limits = new AddressLimits(settings.visits(), lines, proxy::hint);
        sockets.addListener(limits);
        var http = WebServer.httpOptions(settings, limits);
        var setup = new SiteSetup(settings, models, sockets, calls, servers, personas, tools, draining::get,
                cluster, clock);
        var site = setup.open(http, new MetricsPage(settings.monitoring(), metrics::scrape, tokens), admin,
                setup.entrance(auth, choices::of, tokens, proxy));

        var vertx = Vertx.builder()
                .with(WebServer.vertxOptions(settings.web().eventLoops()))
                .withMetrics(RequestLog.factory(settings.connection().path(), settings.log().requests(),
                        settings.web().trustedProxies(), lines))
                .build();
        var parley = new Parley(models, vertx, sockets, alarms, calls, servers, metrics, draining,
                settings.web().drainTime(), cluster);
        self.set(parley);
        try {
            parley.port = WebServer.listen(vertx, sockets, site, http, settings);
        } catch (StartException failed) {
            models.ready().cancel(false); // loading has not begun
            parley.close();
            throw failed;
        }
        return parley;
    }

    /** The port on which the server listens. */
    int port() {
        return port;
    }

    /** The number of open sessions. */
    int sessions() {
        return sockets.sessions();
    }

    /** The calls of this server. */
    Calls calls() {
        return calls;
    }

    /** The number of tasks that all calls have scheduled. */
    int pendingAlarms() {
        return alarms.pending();
    }

    /** Returns whether {@link #close} has been called. */
    boolean closing() {
        return closing.get();
    }

    /**
     * Rejects new clients and moves the connected ones to other servers, after replies in progress have ended. Blocks until no client is
     * left or the time is over. {@code /health/ready} fails from the start.
     */
    void drain() {
        if (!draining.compareAndSet(false, true)) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("connections", sockets.sessions())
                .addKeyValue("seconds", grace.toSeconds())
                .log("draining");
        calls.drain();
        try {
            sockets.drain(notice(grace), grace, socket -> calls.answering(socket.id()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drainOf(AtomicReference<Parley> self) {
        Parley parley = self.get();
        if (parley != null) {
            Thread.ofVirtual().name("drain").start(parley::drain);
        }
    }

    /** Five of thirty seconds: enough for one or two health checks of a load balancer. */
    private static Duration notice(Duration grace) {
        return grace.dividedBy(6);
    }

    /** Closes sockets, calls, server and model, in this order, within four and a half seconds. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        long end = System.nanoTime() + CLOSING.toNanos();
        sockets.close();
        calls.close();
        bounded("the MCP servers", CompletableFuture.runAsync(servers::close), end);
        // Responses to requests for sessions of other servers come through the cluster.
        bounded("the server", vertx.close().toCompletionStage().toCompletableFuture(), end);
        bounded("the cluster", CompletableFuture.runAsync(() -> cluster.ifPresent(ClusterNode::close)), end);
        bounded("the metrics", CompletableFuture.runAsync(metrics::close), end);
        models.started().cancel(false);
        bounded("the speech model", models.started().thenAcceptAsync(SpeechModel::close), end);
        bounded("loading the speech model", models.ready(), end); // it must not be interrupted in native code
    }

    /** Joins the cluster; blocks until Redis is connected. */
    private static ClusterNode join(Settings.Cluster settings) {
        try {
            return ClusterNode.join(settings);
        } catch (IllegalArgumentException invalid) {
            throw new SettingsException("redis-url: " + invalid.getMessage());
        } catch (ClusterException away) {
            throw new StartException(String.valueOf(away.getMessage()));
        }
    }

    private static void measure(ClusterNode node, Metrics metrics) {
        new ClusterMetrics(metrics.registry()).members(node::connected, node::servers)
                .gaps(node, from -> from.status().gaps())
                .messages("sent", node, from -> from.status().sent())
                .messages("dropped", node, from -> from.status().dropped())
                .messages("received", node, from -> from.status().received())
                .messages("rejected", node, from -> from.status().rejected())
                .messages("failed", node, from -> from.status().failed())
                .messages("refused", node, from -> from.status().refusedSignatures());
    }

    private static void bounded(String what, CompletableFuture<Void> closing, long end) {
        try {
            closing.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            LOG.atWarn().addKeyValue("what", what).log("a part did not close in time");
        } catch (ExecutionException | CancellationException failed) {
            LOG.debug("{} failed", what, failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Tool> tools(Settings all, Optional<ClusterNode> cluster) {
        Settings.Tools settings = all.tools();
        var tools = new ArrayList<>(StandardTools.all());
        Path file = all.talk().data().resolve("calendar.json");
        tools.addAll(cluster.map(node -> {
            var shared = new RedisCalendar(node.calendar());
            CalendarImport.run(file, shared);
            return AppointmentTools.shared(shared);
        }).orElseGet(() -> AppointmentTools.in(file)));
        if (settings.weather().isPresent() && settings.places().isPresent()
                && WeatherTool.onNetwork(settings.weather().get())) {
            tools.add(WeatherTool.at(settings.weather().get(), settings.places().get(),
                    new NetworkPolicy(settings.linkLocal())));
        }
        return tools;
    }

    /** Logs unknown tools and voices of personas, because a conversation ignores them silently. */
    private static void warnOfPersonas(List<Persona> personas, List<Tool> own,
            CompletableFuture<SpeechModel> model) {
        List<String> names = Stream
                .concat(own.stream().map(tool -> tool.spec().name()), Stream.of(WeatherTool.NAME))
                .distinct() // the weather tool is known even if it is off
                .toList();
        PersonaChecks.unknownTools(personas, names).forEach(sentence -> LOG.warn("{}", sentence));
        var unused = model.thenAccept(started -> PersonaChecks
                .unknownVoices(personas, started.voices().stream().map(SpeechModel.Voice::id).toList())
                .forEach(sentence -> LOG.warn("{}", sentence)));
    }

    private static ServerOptions options(Settings settings) {
        Settings.Connection connection = settings.connection();
        return ServerOptions.builder()
                .path(connection.path())
                .transports(connection.transports().stream().map(Parley::kind).toList())
                .pingInterval(connection.pingInterval())
                .pingTimeout(connection.pingTimeout())
                .upgradeTimeout(connection.upgradeTimeout())
                .connectTimeout(connection.connectTimeout())
                .maxHttpBufferSize(connection.maxHttpBufferSize())
                .cors(CorsOptions.builder()
                        .allowedOrigins(Stream.concat(settings.web().allowedOrigins().stream(),
                                settings.access().publicUrls().stream()).toList())
                        .credentials(true) // for a load balancer's cookie
                        .build())
                .allowEIO3(true)
                .build();
    }

    private static TransportKind kind(Settings.Transport transport) {
        return switch (transport) {
            case POLLING -> TransportKind.POLLING;
            case WEBSOCKET -> TransportKind.WEBSOCKET;
        };
    }
}
