package dev.parley.doctor.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.protocol.engine.EnginePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendTicketsTest {
    private static final EnginePacket TEXT = new EnginePacket.Message("a");
    private static final EnginePacket BYTES = new EnginePacket.Binary(new byte[]{1});
    private static final EnginePacket PONG = new EnginePacket.Pong("");

    private final SendTickets tickets = new SendTickets();

    @Test
    void senderWaitsForItsLastMessage() {
        var sent = tickets.queue(List.of(TEXT, BYTES));
        tickets.left(List.of(TEXT));
        assertThat(sent).isNotDone();
        tickets.left(List.of(BYTES));
        assertThat(sent).isCompletedWithValue(true);
    }

    @Test
    void heartbeatsBetweenMessagesDoNotCount() {
        var sent = tickets.queue(List.of(TEXT));
        tickets.left(List.of(PONG));
        assertThat(sent).isNotDone();
        tickets.left(List.of(PONG, TEXT));
        assertThat(sent).isCompletedWithValue(true);
    }

    @Test
    void oneBatchServesSeveralSenders() {
        var first = tickets.queue(List.of(TEXT));
        var second = tickets.queue(List.of(TEXT));
        var third = tickets.queue(List.of(TEXT));
        tickets.left(List.of(TEXT, TEXT));
        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isCompletedWithValue(true);
        assertThat(third).isNotDone();
    }

    @Test
    void endReleasesWaitingSenders() {
        var sent = tickets.queue(List.of(TEXT));
        tickets.end();
        assertThat(sent).isCompletedWithValue(false);
    }
}
