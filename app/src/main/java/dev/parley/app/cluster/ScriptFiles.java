package dev.parley.app.cluster;

import dev.parley.cluster.ClusterScript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The Lua scripts beside this class. */
final class ScriptFiles {

    private ScriptFiles() {}

    static ClusterScript load(String name) {
        try (var in = ScriptFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the script " + name + " is missing");
            }
            return ClusterScript.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
