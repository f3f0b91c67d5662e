package dev.parley.spring;

import dev.parley.server.SocketIoServer;
import dev.parley.server.metrics.ServerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The server's metrics in the application's registry. */
@AutoConfiguration(after = ParleyAutoConfiguration.class, afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(SocketIoServerLifecycle.class)
public final class ParleyMetricsAutoConfiguration {
    ParleyMetricsAutoConfiguration() {}

    /** Counts once {@link SocketIoServerLifecycle} adds it to the server, as it adds every listener. */
    @Bean
    @ConditionalOnMissingBean
    ServerMetrics parleyServerMetrics(MeterRegistry registry, SocketIoServer server) {
        return new ServerMetrics(registry, server);
    }
}
