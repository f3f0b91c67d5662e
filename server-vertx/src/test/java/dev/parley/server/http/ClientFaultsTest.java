package dev.parley.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ClientFaultsTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(ClientFaults.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final ClientFaults faults = new ClientFaults(now::get);

    @BeforeEach
    void listen() {
        logger.setLevel(Level.DEBUG);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @Test
    void linesPerMinuteAreLimited() {
        for (int i = 0; i < 1_000; i++) {
            faults.log("a fault");
        }
        assertThat(lines.list).hasSize(ClientFaults.PER_MINUTE)
                .allMatch(line -> line.getLevel() == Level.DEBUG && line.getThrowableProxy() == null);
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        faults.log("a fault");
        faults.log("a fault");
        assertThat(lines.list).hasSize(ClientFaults.PER_MINUTE + 2);
        assertThat(lines.list.get(ClientFaults.PER_MINUTE).getFormattedMessage())
                .isEqualTo("a fault (and 940 faults of clients that were not logged)");
        assertThat(lines.list.getLast().getFormattedMessage()).isEqualTo("a fault");
    }
}
