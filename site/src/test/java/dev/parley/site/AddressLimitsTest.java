package dev.parley.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.CloseReason;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.server.Handshake;
import dev.parley.settings.Settings.Visits;
import dev.parley.site.LineLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {

    @Test
    void sessionsOfAnAddressAreLimited() {
        var limits = limits(new Visits(0, 0, 2, 0));
        open(limits, "a", "2001:db8::1");
        open(limits, "b", "2001:db8::2");

        assertThat(limits.check("2001:db8::3")).contains(Duration.ofSeconds(5));
        assertThat(limits.check("2001:db8:0:1::3")).isEmpty();
        limits.closed("a", TransportKind.POLLING, CloseReason.TRANSPORT_CLOSE, Duration.ZERO);
        assertThat(limits.check("2001:db8::3")).isEmpty();
    }

    @Test
    void handshakesInASecondAreLimited() {
        var limits = limits(new Visits(0, 2, 0, 0));

        long passed = IntStream.range(0, 1_000).filter(i -> limits.check("192.0.2.1").isEmpty()).count();

        assertThat(passed).isBetween(2L, 500L);
        assertThat(limits.check("192.0.2.2")).isEmpty();
    }

    @Test
    void zeroIsNoLimit() {
        var limits = limits(new Visits(0, 0, 0, 0));
        for (int i = 0; i < 1_000; i++) {
            open(limits, "c" + i, "192.0.2.1");
            assertThat(limits.check("192.0.2.1")).isEmpty();
        }
    }

    private static AddressLimits limits(Visits most) {
        return new AddressLimits(most, new LineLimit((delay, task) -> delay), Optional::empty);
    }

    private static void open(AddressLimits limits, String connection, String address) {
        limits.opened(connection, TransportKind.POLLING,
                new Handshake(Map.of(), Map.of(), address, "/", Instant.EPOCH, false, null));
    }
}
