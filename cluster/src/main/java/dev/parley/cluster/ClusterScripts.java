package dev.parley.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Runs Lua scripts on the Redis of a cluster, for state that its servers share beside their rooms. Has a connection of its own, which does not wait
 * behind broadcasts. Safe from any thread; no method blocks.
 */
public interface ClusterScripts {

    /** Returns whether Redis is connected for scripts. */
    boolean connected();

    /** Returns the key of this name. Keys of one group are in one slot of Redis Cluster, so that a script may use several. */
    String key(String group, String name);

    /**
     * Runs a script.
     *
     * @param keys from {@link #key}, all of one group
     * @return the values of the table that the script returns, numbers as texts; completes exceptionally when Redis is not connected, when 1 000
     *         scripts are under way, when the script fails, or when the connection breaks, in which case the script may have run. There is no
     *         timeout: Redis may be slow for as long as it responds to pings
     */
    CompletionStage<List<String>> run(ClusterScript script, List<String> keys, List<String> arguments);
}
