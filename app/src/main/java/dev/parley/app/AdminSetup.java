package dev.parley.app;

import dev.parley.access.SignedText;
import dev.parley.app.cluster.ClusterNode;
import dev.parley.app.cluster.NodeReports;
import dev.parley.calls.Calls;
import dev.parley.server.SocketIoServer;
import dev.parley.server.admin.AdminOptions;
import dev.parley.server.admin.AdminUi;
import dev.parley.settings.AdminKeys;
import dev.parley.settings.Settings;
import dev.parley.site.AdminPage;
import dev.parley.site.BearerTokens;
import dev.parley.site.admin.AdminCalls;
import dev.parley.site.admin.AdminNodes;
import dev.parley.site.admin.AdminSessions;
import dev.parley.site.admin.AdminState;
import dev.parley.site.admin.ConnectionRegistry;
import dev.parley.site.admin.EndedLogins;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Creates the admin page, and what its servers share in a cluster.
 *
 * @param drain  starts to drain, and returns at once
 * @param tokens checks tokens, and counts wrong ones
 * @param model  the name of the speech model; empty until it is loaded
 * @param hint   a sentence about a proxy that is not trusted
 */
record AdminSetup(Settings settings, SocketIoServer sockets, Calls calls, BooleanSupplier draining,
        Runnable drain, Clock clock, Optional<ClusterNode> cluster, BearerTokens tokens,
        Supplier<String> model, Supplier<Optional<String>> hint) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the page, if it is on. The other servers of a cluster hear of this one in any case. */
    Optional<AdminPage> open(NodeReports.Timer timer) {
        var ended = new EndedLogins(clock);
        var nodes = cluster.map(joined -> report(joined, ended, timer));
        return Optional.of(settings.monitoring().admin())
                .filter(AdminKeys::any)
                .map(keys -> page(keys, nodes, ended));
    }

    private AdminPage page(AdminKeys keys, Optional<AdminNodes> nodes, EndedLogins ended) {
        var registry = new ConnectionRegistry(clock);
        sockets.addListener(registry);
        AdminUi.attach(sockets, AdminOptions.of("admin", keys.first()));
        var state = new AdminState(registry, sockets::memory, calls::conversations, draining, drain, clock,
                nodes, facts());
        var secrets = cluster.map(ClusterNode::secrets).orElseGet(() -> List.of(SignedText.randomSecret()));
        var others = nodes.map(known -> new AdminCalls(sockets, known.self(),
                SignedText.of("admin call", secrets), clock, call -> perform(call, state)));
        return new AdminPage(keys, new AdminSessions(keys, clock, secrets, ended, tokens.attempts()), state,
                others, settings.web().trustedProxies(), tokens);
    }

    private Supplier<AdminState.Facts> facts() {
        Instant since = clock.instant();
        Settings.Money money = settings.money();
        return () -> {
            var spent = calls.budget().today();
            return new AdminState.Facts(Main.version(), Duration.between(since, clock.instant()).toSeconds(),
                    model.get(), spent.tokens(), spent.cost(),
                    calls.limitsTokens() ? money.tokensPerDay() : 0, money.costPerDay().orElse(0.0),
                    hint.get().orElse(""));
        };
    }

    /** Performs what another server asks; an empty text is nothing. */
    private static String perform(AdminCalls.Call call, AdminState state) {
        return switch (call.action()) {
            case STATE -> JSON.writeValueAsString(state.view());
            case DISCONNECT -> state.disconnect(call.argument()) ? "done" : "";
            case DRAIN -> {
                state.drain();
                yield "done";
            }
        };
    }

    private AdminNodes report(ClusterNode joined, EndedLogins ended, NodeReports.Timer timer) {
        String name = sockets.options().nodeTag();
        Instant since = clock.instant();
        var nodes = new AdminNodes(name, () -> {
            var spent = calls.budget().today();
            return new AdminNodes.Node(name, joined.address(), Main.version(),
                    Duration.between(since, clock.instant()).toSeconds(), sockets.sessions(),
                    calls.openStreams(), calls.waiting(), spent.tokens(), spent.cost(),
                    draining.getAsBoolean());
        });
        joined.report(new NodeReports.Source() {
            @Override
            public String report() {
                return nodes.report();
            }

            @Override
            public Map<String, Instant> ended() {
                return ended.here();
            }

            @Override
            public void heard(List<String> reports, List<String> logins) {
                nodes.heard(reports);
                ended.heard(logins);
            }
        }, timer);
        return nodes;
    }
}
