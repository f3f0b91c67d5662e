package dev.parley.examples.spring;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What {@code application.yaml} says about Socket.IO.
 *
 * @param host           on which it listens
 * @param port           on which it listens; 0 for any free one
 * @param path           under which it answers
 * @param allowedOrigins origins of pages that may connect
 * @param pingInterval   between two heartbeats
 */
@ConfigurationProperties("socketio")
record SocketIoProperties(@DefaultValue("127.0.0.1") String host, @DefaultValue("3002") int port,
        @DefaultValue("/socket.io/") String path, @DefaultValue Set<String> allowedOrigins,
        @DefaultValue("25s") Duration pingInterval) {
    SocketIoProperties {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("socketio.port must be from 0 to 65535, but is " + port);
        }
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
