package dev.parley.spring;

import dev.parley.server.SocketIoServer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the server, {@code parley}. {@code management.health.parley.enabled=false} turns it off. */
@AutoConfiguration(after = ParleyAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(SocketIoServerLifecycle.class)
@ConditionalOnEnabledHealthIndicator("parley")
public final class ParleyHealthAutoConfiguration {
    ParleyHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "parleyHealthIndicator")
    HealthIndicator parleyHealthIndicator(SocketIoServer server, SocketIoServerLifecycle lifecycle) {
        return new SocketIoHealthIndicator(server::sessions, lifecycle::state, lifecycle::port);
    }
}
