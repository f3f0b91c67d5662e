package dev.parley.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.server.ListenOptions;
import dev.parley.server.ServerOptions;
import dev.parley.server.adapter.RecoveryOptions;
import dev.parley.server.http.HttpOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ParleyPropertiesTest {
    @Test
    void defaultsAreThoseOfTheServer() {
        var properties = bind(Map.of());
        assertThat(properties.serverOptions().build()).usingRecursiveComparison()
                .ignoringFields("cors", "adapter", "parser")
                .isEqualTo(ServerOptions.defaults());
        assertThat(properties.serverOptions().build().allowedOrigins()).isEmpty();
        assertThat(properties.serverOptions().build().cors().credentials()).isFalse();
        var where = properties.listenOptions(HttpOptions.defaults());
        var defaults = ListenOptions.builder().build();
        assertThat(where.host()).isEqualTo(defaults.host());
        assertThat(where.eventLoops()).isEqualTo(defaults.eventLoops());
        assertThat(where.port()).isEqualTo(3001);
    }

    @Test
    void everyPropertySetsItsOption() {
        var properties = bind(Map.ofEntries(Map.entry("parley.host", "127.0.0.1"),
                Map.entry("parley.port", "0"), Map.entry("parley.path", "/live"),
                Map.entry("parley.event-loops", "2"),
                Map.entry("parley.allowed-origins", "http://localhost:8080,https://b.example"),
                Map.entry("parley.credentials", "true"),
                Map.entry("parley.trusted-proxies", "loopback,10.0.0.0/8"),
                Map.entry("parley.ping-interval", "1s"), Map.entry("parley.ping-timeout", "2s"),
                Map.entry("parley.connect-timeout", "3s"), Map.entry("parley.ack-timeout", "4s"),
                Map.entry("parley.send-timeout", "5s"), Map.entry("parley.max-http-buffer-size", "2MB"),
                Map.entry("parley.max-queued-bytes", "3000"), Map.entry("parley.high-water-mark", "1KB"),
                Map.entry("parley.memory-budget", "64MB"), Map.entry("parley.max-sessions", "7"),
                Map.entry("parley.serve-client", "false"), Map.entry("parley.allow-eio3", "true"),
                Map.entry("parley.connection-state-recovery.max-disconnection-duration", "1m")));
        var options = properties.serverOptions().build();
        assertThat(options.path()).isEqualTo("/live/");
        assertThat(options.allowedOrigins()).containsExactly("http://localhost:8080", "https://b.example");
        assertThat(options.cors().credentials()).isTrue();
        assertThat(options.pingInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(options.pingTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.ackTimeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(options.sendTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.maxHttpBufferSize()).isEqualTo(2 * 1024 * 1024);
        assertThat(options.maxQueuedBytes()).isEqualTo(3000);
        assertThat(options.highWaterMark()).isEqualTo(1024);
        assertThat(options.memoryBudget()).isEqualTo(64 * 1024 * 1024);
        assertThat(options.maxSessions()).isEqualTo(7);
        assertThat(options.serveClient()).isFalse();
        assertThat(options.allowEIO3()).isTrue();
        assertThat(options.connectionStateRecovery()).hasValue(RecoveryOptions.within(Duration.ofMinutes(1)));
        var http = properties.httpOptions().build();
        assertThat(http.trustedProxies().client("127.0.0.1", "192.0.2.7")).isEqualTo("192.0.2.7");
        var where = properties.listenOptions(http);
        assertThat(where.host()).isEqualTo("127.0.0.1");
        assertThat(where.port()).isZero();
        assertThat(where.eventLoops()).hasValue(2);
        assertThat(where.http()).hasValue(http);
    }

    @ParameterizedTest
    @CsvSource({"port, 70000, 'port must be from 0 to 65535, but is 70000', parley.port",
            "ping-interval, 0s, 'pingInterval must be positive, and is PT0S', parley.ping-interval",
            "high-water-mark, 1GB, 'highWaterMark must be positive and at most maxQueuedBytes, and is 1073741824', parley.high-water-mark",
            "max-http-buffer-size, 3GB, 'maxHttpBufferSize must be less than 2GB, and is 3221225472B', parley.max-http-buffer-size",
            "trusted-proxies, nonsense, 'trustedProxies: \"nonsense\" is no address and no range like 10.0.0.0/8', parley.trusted-proxies",
            "allowed-origins, *, 'allowedOrigins: \"*\" would let any page act for its visitor; name the origins', parley.allowed-origins"})
    void aWrongValueIsNamedWithItsProperty(String name, String value, String message, String property) {
        var properties = bind(Map.of("parley." + name, value));
        assertThatThrownBy(() -> {
            properties.serverOptions();
            properties.listenOptions(properties.httpOptions().build());
        }).isInstanceOfSatisfying(InvalidOptionException.class, failure -> {
            var analysis = new InvalidOptionFailureAnalyzer().analyze(failure, failure);
            assertThat(analysis.getDescription()).endsWith(": " + message);
            assertThat(analysis.getAction()).isEqualTo("Correct the property " + property + ".");
        });
    }

    private static ParleyProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("parley",
                ParleyProperties.class);
    }
}
