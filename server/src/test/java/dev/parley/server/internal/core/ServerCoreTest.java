package dev.parley.server.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.server.ServerOptions;
import dev.parley.server.SocketIoServer;
import dev.parley.server.transport.ServerGateway;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** An application holds an interface; what is behind it is found in one place. */
class ServerCoreTest {
    @Test
    void createdServerIsItsOwnCore() {
        try (var io = SocketIoServer.create(ServerOptions.defaults())) {
            assertThat(ServerCore.behind(io)).isSameAs(io);
        }
    }

    @Test
    void gatewayRefusesAnotherImplementation() {
        var other = (SocketIoServer) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[]{SocketIoServer.class}, (proxy, method, arguments) -> null);
        assertThatIllegalArgumentException().isThrownBy(() -> ServerGateway.of(other))
                .withMessageContaining("was not made by SocketIoServer.create");
    }
}
