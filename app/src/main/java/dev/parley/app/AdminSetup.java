package dev.parley.app;

import dev.parley.app.admin.AdminCalls;
import dev.parley.app.admin.AdminNodes;
import dev.parley.app.admin.AdminSessions;
import dev.parley.app.admin.AdminState;
import dev.parley.app.admin.ConnectionRegistry;
import dev.parley.app.admin.EndedLogins;
import dev.parley.app.admin.SignedText;
import dev.parley.app.cluster.ClusterNode;
import dev.parley.app.cluster.NodeReports;
import dev.parley.app.config.AdminKeys;
import dev.parley.app.config.Settings;
import dev.parley.app.http.AdminPage;
import dev.parley.calls.Calls;
import dev.parley.server.SocketIoServer;
import dev.parley.server.admin.AdminOptions;
import dev.parley.server.admin.AdminUi;
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
 * @param drain starts to drain, and returns at once
 * @param model the name of the model that replies, or "" while it is not known
 */
record AdminSetup(Settings settings, SocketIoServer sockets, Calls calls, BooleanSupplier draining,
        Runnable drain, Clock clock, Optional<ClusterNode> cluster, Supplier<String> model) {

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
                nodes, model);
        var secrets = cluster.map(ClusterNode::secrets).orElseGet(() -> List.of(SignedText.randomSecret()));
        var others = nodes.map(known -> new AdminCalls(sockets, known.self(),
                SignedText.of("admin call", secrets), clock, call -> perform(call, state)));
        return new AdminPage(keys, new AdminSessions(keys, clock, secrets, ended), state, others,
                settings.web().trustedProxies());
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
