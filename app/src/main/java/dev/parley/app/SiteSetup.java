package dev.parley.app;

import dev.parley.access.HostNames;
import dev.parley.access.Identity;
import dev.parley.access.VisitorAuth;
import dev.parley.app.cluster.ClusterNode;
import dev.parley.assistant.mcp.McpServers;
import dev.parley.assistant.tool.Tool;
import dev.parley.calls.Calls;
import dev.parley.server.SocketIoServer;
import dev.parley.server.http.HttpOptions;
import dev.parley.server.http.SocketIoHttp;
import dev.parley.settings.Access;
import dev.parley.settings.Settings;
import dev.parley.site.AdminPage;
import dev.parley.site.BearerTokens;
import dev.parley.site.MetricsPage;
import dev.parley.site.ServerReadiness;
import dev.parley.site.SessionApi;
import dev.parley.site.SiteRouter;
import dev.parley.site.UntrustedProxy;
import dev.parley.site.VisitorPages;
import dev.parley.voice.SpeechModel;
import dev.parley.voice.conversation.Persona;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the router of all requests, and the data of its responses.
 *
 * @param tools    those of the assistant at present
 * @param draining whether the server is draining
 */
record SiteSetup(Settings settings, Models models, SocketIoServer sockets, Calls calls, McpServers servers,
        List<Persona> personas, Supplier<List<Tool>> tools, BooleanSupplier draining,
        Optional<ClusterNode> cluster, Clock clock) {

    private static final Logger LOG = LoggerFactory.getLogger(SiteSetup.class);

    /** Returns the router; {@code http} has the limits of requests. */
    SiteRouter open(HttpOptions http, MetricsPage metrics, Optional<AdminPage> admin,
            SiteRouter.Entrance entrance) {
        var sources = new SiteRouter.Sources(() -> readiness(models.ready()), draining,
                () -> new SiteRouter.Load(calls.openStreams(), sockets.sessions(), isFull()),
                models.started().thenApply(SiteSetup::voices),
                () -> tools.get()
                        .stream()
                        .map(tool -> new SiteRouter.Tool(tool.spec().name(), tool.spec().description()))
                        .toList(),
                servers::status,
                personas.stream()
                        .map(one -> new SiteRouter.Persona(one.id(), one.name(), one.description(),
                                one.greeting(), one.voice().orElse("")))
                        .toList(),
                connectionInfo(settings.connection()), () -> chosen(models),
                () -> cluster.map(node -> new SiteRouter.Cluster(node.connected(), node.servers())), clock);
        return new SiteRouter(sources, SocketIoHttp.handler(sockets, http), http, metrics, admin, entrance);
    }

    /** Returns who may come in, and how. {@code choices} are what a visitor may choose. */
    SiteRouter.Entrance entrance(VisitorAuth auth, Function<Identity, List<String>> choices,
            BearerTokens tokens, UntrustedProxy proxy) {
        return new SiteRouter.Entrance(hosts(settings.access()), new VisitorPages(auth, tokens),
                new SessionApi(auth, personas.stream().map(Persona::id).toList(), tokens),
                settings.access().frameAncestors(), choices, proxy);
    }

    /** Returns the model and the reason for its choice, once it has started. */
    static Optional<SiteRouter.Chosen> chosen(Models models) {
        if (!models.why().isDone() || !models.started().isDone()
                || models.started().isCompletedExceptionally()) {
            return Optional.empty();
        }
        return Optional.of(new SiteRouter.Chosen(models.started().join().name(), models.why().join()));
    }

    private static HostNames hosts(Access access) {
        var names = HostNames.of(access.publicUrls(), access.isLocal());
        if (names.acceptsAny()) {
            LOG.warn(
                    "the server responds for any name: set --public-url to the address at which people reach it");
        }
        return names;
    }

    private boolean isFull() {
        var memory = sockets.memory();
        return sockets.sessions() >= sockets.options().maxSessions() || memory.used() > memory.limit();
    }

    private static ServerReadiness readiness(CompletableFuture<Void> ready) {
        if (!ready.isDone()) {
            return new ServerReadiness(ServerReadiness.State.LOADING, Optional.empty());
        }
        return ready.isCompletedExceptionally()
                ? new ServerReadiness(ServerReadiness.State.FAILED,
                        Optional.of("the speech model could not be loaded"))
                : new ServerReadiness(ServerReadiness.State.READY, Optional.empty());
    }

    private static SiteRouter.ConnectionInfo connectionInfo(Settings.Connection connection) {
        return new SiteRouter.ConnectionInfo(connection.path(),
                connection.transports().stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList());
    }

    private static SiteRouter.Voices voices(SpeechModel model) {
        return new SiteRouter.Voices(model.name(), model.voices()
                .stream()
                .map(voice -> new SiteRouter.Voices.Voice(voice.id(), voice.label(), voice.language()))
                .toList());
    }
}
