package dev.parley.cluster;

import dev.parley.cluster.redis.ScriptConnection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Scripts on keys that begin with the cluster's prefix. Safe from any thread. */
record PrefixedScripts(String prefix, ScriptConnection connection) implements ClusterScripts {

    @Override
    public boolean connected() {
        return connection.connected();
    }

    @Override
    public String key(String group, String name) {
        return prefix + "{" + group + "}:" + name;
    }

    @Override
    public CompletionStage<List<String>> run(ClusterScript script, List<String> keys,
            List<String> arguments) {
        return connection.run(script.text(), script.digest(), keys, arguments);
    }
}
