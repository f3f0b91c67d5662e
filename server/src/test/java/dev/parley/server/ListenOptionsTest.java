package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenOptionsTest {
    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void portOutOfRangeIsNamed(int port) {
        try (var io = SocketIoServer.create(ServerOptions.defaults())) {
            assertThatThrownBy(() -> io.listen(port)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port must be from 0 to 65535, but is " + port);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_025})
    void eventLoopsOutOfRangeAreNamed(int loops) {
        assertThatThrownBy(() -> ListenOptions.builder().eventLoops(loops))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("eventLoops must be from 1 to 1024, but is " + loops);
    }

    @Test
    void blankHostIsNamed() {
        assertThatThrownBy(() -> ListenOptions.builder().host(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("host ");
    }
}
