package dev.parley.site.admin;

import dev.parley.calls.CallView;
import dev.parley.server.MemoryUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The data and the actions of the admin page. Thread-safe. */
public final class AdminState {
    /** Maximum number of connections, and of conversations, in the view. The oldest are shown; the counts include short ones. */
    private static final int SHOWN = 200;

    private final ConnectionRegistry registry;
    private final Supplier<MemoryUse> memory;
    private final Supplier<List<CallView>> conversations;
    private final BooleanSupplier draining;
    private final Runnable drain;
    private final InstantSource clock;
    private final Optional<AdminNodes> nodes;
    private final Supplier<Facts> facts;

    /**
     * Creates the state.
     *
     * @param memory        the memory use of all clients
     * @param conversations all open conversations, including those whose browser is disconnected
     * @param drain         starts to move clients to other servers, and returns at once
     * @param nodes         the servers of the cluster; empty without one
     * @param facts         about this server
     */
    public AdminState(ConnectionRegistry registry, Supplier<MemoryUse> memory,
            Supplier<List<CallView>> conversations, BooleanSupplier draining, Runnable drain,
            InstantSource clock, Optional<AdminNodes> nodes, Supplier<Facts> facts) {
        this.registry = registry;
        this.memory = memory;
        this.conversations = conversations;
        this.draining = draining;
        this.drain = drain;
        this.clock = clock;
        this.nodes = nodes;
        this.facts = facts;
    }

    /**
     * The whole state, written as JSON. The totals include entries that are not listed.
     *
     * @param node  the name of this server in its cluster; empty without one
     * @param nodes all servers of the cluster; none without one
     */
    public record View(String node, List<AdminNodes.Node> nodes, boolean draining, MemoryUse memory,
            int total, List<Row> connections, int talking, List<Talk> conversations, List<Fault> errors,
            List<Minute> minutes, Facts server) {}

    /** A connection. */
    public record Row(String name, String transport, String revision, String address, long seconds,
            long roundTripMillis, long drops) {}

    /** A conversation; its connection is empty while its browser is disconnected. */
    public record Talk(String name, String connection, String transport, String state, long seconds,
            int turns, int bargeIns, long drops) {}

    /**
     * Facts about the server.
     *
     * @param seconds     since its start
     * @param model       its speech model; empty until it is loaded
     * @param tokens      used today, in a cluster by all servers
     * @param mostTokens  of a day; 0 is no limit
     * @param mostDollars of a day; 0 is no limit
     * @param hint        a sentence about a proxy that is not trusted; empty if there seems to be none
     */
    public record Facts(String version, long seconds, String model, long tokens, double dollars,
            long mostTokens, double mostDollars, String hint) {}

    /** An error. */
    public record Fault(String at, String what, String cause, String from) {}

    /** A minute of the last hour; a negative time means that no client connected. */
    public record Minute(String at, int opened, int failed, int upgradesTried, int upgraded, long connectP50,
            long connectP95) {}

    /** Returns the current state. */
    public View view() {
        var now = clock.instant();
        var rows = registry.connections()
                .values()
                .stream()
                .sorted(Comparator.comparing(ConnectionRegistry.Entry::since))
                .limit(SHOWN)
                .map(entry -> new Row(entry.name(), entry.live().transport().text(), entry.revision(),
                        entry.address(), Duration.between(entry.since(), now).toSeconds(),
                        entry.live().roundTripMillis(), entry.live().drops()))
                .toList();
        var talks = conversations.get();
        var errors = registry.faults()
                .stream()
                .map(fault -> new Fault(fault.at().toString(), fault.what(), fault.cause(), fault.from()))
                .toList();
        var minutes = registry.minutes()
                .stream()
                .map(minute -> new Minute(minute.at().toString(), minute.opened(), minute.failed(),
                        minute.upgradesTried(), minute.upgraded(), minute.connectP50(), minute.connectP95()))
                .toList();
        return new View(nodes.map(AdminNodes::self).orElse(""), nodes.map(AdminNodes::all).orElse(List.of()),
                draining.getAsBoolean(), memory.get(), registry.connections().size(), rows, talks.size(),
                talks(talks, now), errors, minutes, facts.get());
    }

    /** Whether a name is that of this server; an empty one is. */
    public boolean is(String node) {
        return node.isEmpty() || nodes.map(AdminNodes::self).filter(node::equals).isPresent();
    }

    /** Ends one connection; returns false if it does not exist. */
    public boolean disconnect(String connection) {
        return registry.disconnect(connection);
    }

    /** Moves all clients to other servers and rejects new ones. */
    public void drain() {
        drain.run();
    }

    private List<Talk> talks(List<CallView> views, Instant now) {
        var bySocket = new HashMap<String, ConnectionRegistry.Entry>();
        for (var entry : registry.connections().values()) {
            entry.live().sockets().forEach(socket -> bySocket.put(socket.id(), entry));
        }
        return views.stream().sorted(Comparator.comparing(CallView::since)).limit(SHOWN).map(view -> {
            var entry = Optional.ofNullable(bySocket.get(view.socket()));
            return new Talk(view.socket(), entry.map(ConnectionRegistry.Entry::name).orElse(""),
                    entry.map(one -> one.live().transport().text()).orElse(""), view.state(),
                    Duration.between(view.since(), now).toSeconds(), view.turns(), view.bargeIns(),
                    view.drops());
        }).toList();
    }
}
