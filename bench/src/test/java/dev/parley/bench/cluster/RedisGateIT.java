package dev.parley.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

class RedisGateIT {
    private static final int LONG_MILLIS = 60_000;

    @Test
    void holdsBackWhileShutAndPassesItOnAfterwards() throws Exception {
        try (var redis = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gate = new RedisGate(redis.getLocalPort());
                var near = new Socket(InetAddress.getLoopbackAddress(), gate.port());
                var far = redis.accept()) {
            near.setSoTimeout(LONG_MILLIS);
            near.getOutputStream().write(1);
            assertThat(far.getInputStream().read()).isEqualTo(1);
            far.getOutputStream().write(2);
            assertThat(near.getInputStream().read()).isEqualTo(2);
            gate.shut();
            near.getOutputStream().write(3);
            far.setSoTimeout(300);
            assertThatThrownBy(() -> far.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            gate.open();
            far.setSoTimeout(LONG_MILLIS);
            assertThat(far.getInputStream().read()).isEqualTo(3);
            far.shutdownOutput();
            assertThat(near.getInputStream().read()).isEqualTo(-1);
        }
    }
}
