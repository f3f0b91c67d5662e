package dev.parley.examples.spring;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.adapter.RecoveryOptions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The server as a bean that others put their handlers on, and what opens and closes its port with the application. */
@Configuration(proxyBeanMethods = false)
class SocketIoConfiguration {
    @Bean(destroyMethod = "close")
    SocketIoServer socketIoServer(SocketIoProperties properties) {
        return SocketIoServer.create(ServerOptions.builder()
                .path(properties.path())
                .pingInterval(properties.pingInterval())
                .allowedOrigins(properties.allowedOrigins())
                .connectionStateRecovery(RecoveryOptions.defaults())
                .build());
    }

    @Bean
    SocketIoLifecycle socketIoLifecycle(SocketIoServer server, SocketIoProperties properties) {
        return new SocketIoLifecycle(server, properties);
    }
}
