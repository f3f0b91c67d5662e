package dev.parley.spring;

import dev.parley.server.ServerListener;
import dev.parley.server.SocketIoServer;
import dev.parley.spring.SocketIoServerLifecycle.PortPublisher;
import dev.parley.spring.SocketIoServerLifecycle.Shutdown;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a {@link SocketIoServer}, unless the application has one, and listens with it. {@code parley.enabled=false} turns it off.
 */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "parley.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ParleyProperties.class)
public final class ParleyAutoConfiguration {
    private static final String PORTS = "parley.ports";
    private static final String PORT = "local.parley.port";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    ParleyAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    SocketIoServer socketIoServer(ParleyProperties properties, ObjectProvider<JsonMapper> mapper,
            ObjectProvider<ServerOptionsCustomizer> customizers, Environment environment) {
        var builder = properties.serverOptions();
        mapper.ifUnique(builder::jsonMapper);
        customizers.orderedStream().forEach(each -> each.customize(builder));
        var options = builder.build();
        var server = SocketIoServer.create(options);
        if (options.cors().rule().isEmpty()) {
            server.addListener(new MissingOriginLog(options.allowedOrigins(), () -> webPort(environment)));
        }
        return server;
    }

    @Bean
    @ConditionalOnMissingBean
    SocketIoServerLifecycle socketIoServerLifecycle(SocketIoServer server, ParleyProperties properties,
            ObjectProvider<HttpOptionsCustomizer> customizers, ObjectProvider<ServerListener> listeners,
            ObjectProvider<SocketIoHandlers> handlers, ConfigurableApplicationContext context) {
        var http = properties.httpOptions();
        customizers.orderedStream().forEach(each -> each.customize(http));
        var where = properties.listenOptions(http.build());
        var shutdown = shutdown(context.getEnvironment(), properties.drainNotice());
        return new SocketIoServerLifecycle(server, where, shutdown, listeners, handlers, publisher(context));
    }

    private static PortPublisher publisher(ConfigurableApplicationContext context) {
        return (source, server, port) -> {
            ports(context.getEnvironment()).put(PORT, port);
            context.publishEvent(new SocketIoListeningEvent(source, server, port));
        };
    }

    private static Shutdown shutdown(Environment environment, Duration notice) {
        boolean immediate = "immediate"
                .equalsIgnoreCase(environment.getProperty("server.shutdown", "graceful"));
        var timeout = Binder.get(environment)
                .bind("spring.lifecycle.timeout-per-shutdown-phase", Duration.class)
                .orElse(TIMEOUT);
        return new Shutdown(!immediate, notice, timeout);
    }

    private static int webPort(Environment environment) {
        return environment.getProperty("local.server.port", Integer.class, -1);
    }

    private static Map<String, Object> ports(ConfigurableEnvironment environment) {
        var sources = environment.getPropertySources();
        if (sources.get(PORTS) instanceof MapPropertySource present) {
            return present.getSource();
        }
        var ports = new HashMap<String, Object>();
        sources.addFirst(new MapPropertySource(PORTS, ports));
        return ports;
    }
}
