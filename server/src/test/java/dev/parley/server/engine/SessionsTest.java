package dev.parley.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.Framing;
import dev.parley.protocol.engine.TransportKind;
import dev.parley.protocol.session.SessionOptions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private final Sessions sessions = new Sessions(new SessionIds("t"), SessionOptions.defaults(),
            new MemoryBudget(1_000_000), 10);

    @Test
    void closeReachesEverySessionWhenEventLoopsHaveEnded() {
        var asked = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThat(sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Ended(asked)))
                    .isPresent();
        }
        sessions.close();
        assertThat(asked).hasValue(3);
        assertThat(sessions.create(sessions.name(), TransportKind.POLLING, Framing.V4, new Ended(asked)))
                .isEmpty();
    }

    /** An event loop that takes no more tasks. */
    private record Ended(AtomicInteger asked) implements Loop {
        @Override
        public boolean inLoop() {
            return false;
        }

        @Override
        public void execute(Runnable task) {
            asked.incrementAndGet();
            throw new RejectedExecutionException("event executor terminated");
        }

        @Override
        public Runnable schedule(Duration delay, Runnable task) {
            throw new RejectedExecutionException("event executor terminated");
        }
    }
}
