package dev.parley.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LettuceLinkTest {
    /** Without times of its own, the driver leaves them to the operating system, which waits for hours. */
    @Test
    void probesASilentConnectionWithTimesOfItsOwn() {
        var probes = LettuceLink.options(LinkLimits.defaults(), Optional.empty())
                .build()
                .getSocketOptions()
                .getKeepAlive();
        assertThat(probes.isEnabled()).isTrue();
        assertThat(probes.getIdle()).isEqualTo(Duration.ofSeconds(30));
        assertThat(probes.getInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(probes.getCount()).isEqualTo(3);
    }
}
