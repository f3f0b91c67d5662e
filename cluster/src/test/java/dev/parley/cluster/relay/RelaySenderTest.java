package dev.parley.cluster.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class RelaySenderTest {
    private static final int LIMIT = 10_000_000;
    private static final byte[] SMALL = new byte[1_000];
    private static final byte[] LARGE = new byte[3_000_000];
    private static final byte[] LARGEST = new byte[16_000_000];

    private final Redis redis = new Redis();
    private final RelaySender sender = new RelaySender(redis, LIMIT);

    @Test
    void messagesOfOneChannelWaitForTheirTurnAndKeepTheirOrder() {
        var sent = new ArrayList<CompletableFuture<Long>>();
        for (byte[] message : List.of(LARGE, LARGE, SMALL)) {
            sent.add(sender.publish("a", message).toCompletableFuture());
        }
        assertThat(redis.sizes).as("the small one does not overtake").containsExactly(3_000_000);
        redis.confirm();
        assertThat(redis.sizes).containsExactly(3_000_000, 3_000_000, 1_000);
        assertThat(sent.getFirst()).isCompletedWithValue(1L);
        redis.confirm();
        redis.confirm();
        assertThat(sent).allMatch(CompletableFuture::isDone);
        assertThat(sender.held()).isZero();
    }

    @Test
    void oneServerThatIsSlowToReachHoldsUpNoOther() {
        send("a", LARGE);
        send("a", LARGE);
        send("b", SMALL);
        assertThat(redis.sizes).containsExactly(3_000_000, 1_000);
    }

    @Test
    void theLargestMessageAloneHasRoomAndFurtherOnesHaveNot() {
        send("a", LARGEST);
        assertThat(redis.sizes).containsExactly(16_000_000);
        var refused = sender.publish("b", SMALL).toCompletableFuture();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(RelaySender.FullException.class);
        assertThat(sender.publishEnd("b", SMALL).toCompletableFuture()).isNotDone();
        assertThat(redis.sizes).as("what ends a request is sent").containsExactly(16_000_000, 1_000);
        redis.confirm();
        redis.confirm();
        assertThat(sender.held()).isZero();
        send("b", SMALL);
        assertThat(redis.sizes).hasSize(3);
    }

    @Test
    void whatWaitsForALostConnectionFailsAndLeavesNothingBehind() {
        var sent = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < 3; i++) {
            sent.add(sender.publish("a", LARGE).toCompletableFuture());
        }
        redis.away = true;
        redis.failFirst();
        assertThat(sent).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(sender.held()).isZero();
    }

    @Test
    void whatIsSentWhileAnotherMessageCompletesIsSentToo() {
        var again = sender.publish("a", SMALL)
                .thenCompose(receivers -> sender.publish("a", LARGE))
                .toCompletableFuture();
        redis.confirm();
        redis.confirm();
        assertThat(again).isCompletedWithValue(1L);
    }

    private void send(String channel, byte[] message) {
        assertThat(sender.publish(channel, message).toCompletableFuture()).isNotCompletedExceptionally();
    }

    /** Confirms messages when the test says so. */
    private static final class Redis extends SilentLink {
        final List<Integer> sizes = new ArrayList<>();
        final List<CompletableFuture<Long>> unconfirmed = new ArrayList<>();
        boolean away;

        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            if (away) {
                throw new IllegalStateException("closed");
            }
            sizes.add(message.length);
            var outcome = new CompletableFuture<Long>();
            unconfirmed.add(outcome);
            return outcome;
        }

        void confirm() {
            unconfirmed.removeFirst().complete(1L);
        }

        void failFirst() {
            unconfirmed.removeFirst().completeExceptionally(new IllegalStateException("lost"));
        }
    }
}
