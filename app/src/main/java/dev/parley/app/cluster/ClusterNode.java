package dev.parley.app.cluster;

import dev.parley.calls.admission.CallBudget;
import dev.parley.calls.admission.SharedBudget;
import dev.parley.calls.state.CallStore;
import dev.parley.cluster.ClusterException;
import dev.parley.cluster.ClusterOptions;
import dev.parley.cluster.ClusterScripts;
import dev.parley.cluster.ClusterStatus;
import dev.parley.cluster.ParleyCluster;
import dev.parley.cluster.store.ValueCipher;
import dev.parley.server.ServerOptions;
import dev.parley.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** This server's membership of a cluster, and what its parts share with the other servers. Thread-safe. */
public final class ClusterNode implements AutoCloseable {

    /** Appointments are made up to 90 days ahead, and kept for 30 days. */
    private static final Duration CALENDAR_LIFETIME = Duration.ofDays(125);
    private static final String DEFAULT_PORT = ":7100";
    /** A machine that starts several servers at once is slow. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);

    private final ParleyCluster cluster;
    private final ClusterScripts scripts;
    private final Settings.Cluster settings;
    /** Names this process in Redis: another one never has the same. */
    private final String instance = UUID.randomUUID().toString();
    private volatile @Nullable NodeReports reports;

    private ClusterNode(ParleyCluster cluster, Settings.Cluster settings) {
        this.cluster = cluster;
        this.settings = settings;
        this.scripts = cluster.scripts();
    }

    /**
     * Joins the cluster. Blocks until Redis is connected.
     *
     * @throws IllegalArgumentException if the URL of Redis is not valid; the message omits it
     * @throws ClusterException         if Redis cannot be reached
     */
    public static ClusterNode join(Settings.Cluster settings) {
        var options = ClusterOptions.builder()
                .adapter(ClusterOptions.Adapter.valueOf(settings.adapter().name()))
                .prefix(settings.prefix())
                .connectTimeout(CONNECT_TIMEOUT)
                .secrets(settings.secrets().values().toArray(String[]::new));
        settings.address().map(ClusterNode::withPort).ifPresent(options::nodeAddress);
        var cluster = ParleyCluster.join(settings.redisUrl(), options.build());
        try {
            return new ClusterNode(cluster, settings);
        } catch (ClusterException away) {
            cluster.close();
            throw away;
        }
    }

    /** Returns the port of an address at which other servers reach this one. */
    public static String port(String address) {
        String full = withPort(address);
        return full.substring(full.lastIndexOf(':') + 1);
    }

    private static String withPort(String address) {
        return address.endsWith("]") || !address.contains(":") ? address + DEFAULT_PORT : address;
    }

    /** Returns these options, with what makes the server one of the cluster's. */
    public ServerOptions serverOptions(ServerOptions base) {
        return cluster.serverOptions(base);
    }

    /** Returns what creates this server's part of the budget of all servers. */
    public CallBudget.Factory budgets() {
        return terms -> SharedBudget.join(terms, new RedisBudget(scripts, instance));
    }

    /** Returns where this server keeps its conversations for the others. */
    public CallStore conversations() {
        return new RedisCallStore(scripts,
                new ValueCipher(settings.secrets()
                        .values()
                        .stream()
                        .map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                        .toList(), "conversations"));
    }

    /** Returns the calendar of all servers. */
    public RedisText calendar() {
        return new RedisText(scripts, "calendar", CALENDAR_LIFETIME);
    }

    /** Begins to exchange reports with the other servers. */
    public void report(NodeReports.Source source, NodeReports.Timer timer) {
        var begun = new NodeReports(scripts, instance, source, timer);
        reports = begun;
        begun.start();
    }

    /** The secrets of the cluster, the first of which signs. */
    public List<String> secrets() {
        return settings.secrets().values();
    }

    /** Where other servers reach this one; empty if they cannot. */
    public String address() {
        return settings.address().map(ClusterNode::withPort).orElse("");
    }

    /** Whether Redis is connected, and what was sent and received. */
    public ClusterStatus status() {
        return cluster.status();
    }

    /** Returns the number of servers in the cluster, as this one last heard from Redis. */
    public int servers() {
        return cluster.membership().members().size();
    }

    /** Whether Redis is connected, for rooms and for the rest. */
    public boolean connected() {
        return cluster.status().connected() && scripts.connected();
    }

    /** Leaves the cluster. Waits for at most a few seconds. */
    @Override
    public void close() {
        NodeReports begun = reports;
        if (begun != null) {
            begun.close();
        }
        cluster.close();
    }
}
