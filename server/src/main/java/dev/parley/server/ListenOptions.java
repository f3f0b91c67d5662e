package dev.parley.server;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Options of {@link SocketIoServer#listen(ListenOptions)}: address, port and threads. Immutable; created by its {@link Builder}. */
public final class ListenOptions {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_EVENT_LOOPS = 1_024;

    private final String host;
    private final int port;
    private final @Nullable Integer eventLoops;
    private final HttpEngine.@Nullable Options http;

    private ListenOptions(Builder from) {
        host = from.host;
        port = from.port;
        eventLoops = from.eventLoops;
        http = from.http;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The address to listen on, or its host name. */
    public String host() {
        return host;
    }

    /** The port to listen on; 0 for any free one. */
    public int port() {
        return port;
    }

    /** The number of event loops; empty for the engine's default. */
    public OptionalInt eventLoops() {
        return eventLoops == null ? OptionalInt.empty() : OptionalInt.of(eventLoops);
    }

    /** Options of the HTTP engine; empty for its defaults. */
    public Optional<HttpEngine.Options> http() {
        return Optional.ofNullable(http);
    }

    /** Collects the options. Not thread-safe. */
    public static final class Builder {
        private String host = "0.0.0.0";
        private int port;
        private @Nullable Integer eventLoops;
        private HttpEngine.@Nullable Options http;

        private Builder() {}

        /**
         * The address to listen on, or its host name. {@code 127.0.0.1} is for programs of this machine only. Default: {@code 0.0.0.0},
         * every address of the machine.
         *
         * @throws IllegalArgumentException when it is blank
         */
        public Builder host(String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("host must not be blank; 0.0.0.0 is every address");
            }
            host = value;
            return this;
        }

        /**
         * The port to listen on. 0 takes any free port. Default: 0.
         *
         * @throws IllegalArgumentException when it is not from 0 to 65535
         */
        public Builder port(int value) {
            if (value < 0 || value > MAX_PORT) {
                throw new IllegalArgumentException("port must be from 0 to 65535, but is " + value);
            }
            port = value;
            return this;
        }

        /**
         * The number of event loops, each a thread that serves a share of the connections. Default: that of the engine, for Vert.x one for
         * each processor.
         *
         * @throws IllegalArgumentException when it is not from 1 to 1024
         */
        public Builder eventLoops(int value) {
            if (value < 1 || value > MAX_EVENT_LOOPS) {
                throw new IllegalArgumentException("eventLoops must be from 1 to 1024, but is " + value);
            }
            eventLoops = value;
            return this;
        }

        /** Options of the HTTP engine, such as {@code HttpOptions} of the Vert.x engine. Default: the engine's defaults. */
        public Builder http(HttpEngine.Options value) {
            http = value;
            return this;
        }

        /** Returns the options. */
        public ListenOptions build() {
            return new ListenOptions(this);
        }
    }
}
