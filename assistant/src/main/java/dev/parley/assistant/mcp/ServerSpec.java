package dev.parley.assistant.mcp;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The way to reach a server. Environment and headers may hold secrets and are never shown. */
sealed interface ServerSpec {

    /** Returns its name: at most 20 letters, digits and hyphens. */
    String name();

    /** A process that is started, and spoken to through its standard input and output. */
    record Stdio(String name, List<String> command, Map<String, String> environment) implements ServerSpec {
        public Stdio {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }

        @Override
        public String toString() {
            return "stdio server " + name;
        }
    }

    /** A running server, spoken to by streamable HTTP. */
    record Http(String name, URI address, Map<String, String> headers) implements ServerSpec {
        public Http {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return "http server " + name;
        }
    }
}
