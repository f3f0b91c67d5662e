package dev.parley.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalInputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;

class EventQueueTest {

    private static final Duration STALL = Duration.ofMinutes(1);

    private long now;
    private final EventQueue queue = new EventQueue(STALL, () -> now);
    private final Taker taker = new Taker();

    private static final class Taker implements Subscriber<InvokeModelWithBidirectionalStreamInput> {
        private final List<InputEvent> taken = new ArrayList<>();
        private boolean complete;

        @Override
        public void onSubscribe(Subscription subscription) {
            assertThat(taken).isEmpty();
        }

        @Override
        public void onNext(InvokeModelWithBidirectionalStreamInput event) {
            taken.add(InputJson.read(((BidirectionalInputPayloadPart) event).bytes().asByteArray()));
        }

        @Override
        public void onError(Throwable thrown) {
            throw new AssertionError(thrown);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private static InputEvent sound(int number) {
        return new InputEvent.AudioInput("p", "a", new byte[]{(byte) number, (byte) (number >> 8)});
    }

    private static InputEvent end(int number) {
        return new InputEvent.PromptEnd("p" + number);
    }

    @Test
    void nothingIsSentThatWasNotAskedFor() {
        queue.offer(end(1));
        queue.offer(end(2));
        queue.subscribe(taker);
        assertThat(taker.taken).isEmpty();
        queue.request(1);
        assertThat(taker.taken).containsExactly(end(1));
        queue.request(5);
        queue.offer(end(3));
        assertThat(taker.taken).containsExactly(end(1), end(2), end(3));
    }

    @Test
    void tooMuchSoundDropsTheOldestAndNothingElse() {
        queue.offer(end(1));
        for (int i = 0; i < EventQueue.MAX_SOUND + 10; i++) {
            assertThat(queue.offer(sound(i))).isTrue();
        }
        queue.offer(end(2));
        queue.subscribe(taker);
        queue.request(Long.MAX_VALUE);
        assertThat(taker.taken).hasSize(EventQueue.MAX_SOUND + 2).startsWith(end(1)).endsWith(end(2));
        assertThat(((InputEvent.AudioInput) taker.taken.get(1)).pcm()[0]).isEqualTo((byte) 10);
    }

    @Test
    void tooMuchElseMeansThatTheStreamIsStuck() {
        for (int i = 0; i < EventQueue.MAX_EVENTS; i++) {
            assertThat(queue.offer(end(i))).isTrue();
        }
        assertThat(queue.offer(end(-1))).isFalse();
    }

    @Test
    void whatWaitedTooLongMeansThatTheStreamIsStuck() {
        assertThat(queue.offer(end(1))).isTrue();
        now = STALL.toNanos() + 1;
        assertThat(queue.offer(end(2))).as("no subscriber yet").isTrue();
        queue.subscribe(taker);
        assertThat(queue.offer(end(3))).isFalse();
        now--;
        assertThat(queue.offer(end(4))).as("at the limit").isTrue();
    }

    @Test
    void theEndComesAfterWhatWaits() {
        queue.subscribe(taker);
        queue.offer(end(1));
        queue.complete();
        assertThat(taker.complete).isFalse();
        queue.request(1);
        assertThat(taker.taken).hasSize(1);
        assertThat(taker.complete).isTrue();
        assertThat(queue.offer(end(2))).as("late, so it is dropped").isTrue();
        assertThat(queue.size()).isZero();
    }

    @Test
    void cancelledItKeepsNothing() {
        queue.subscribe(taker);
        queue.offer(sound(1));
        queue.cancel();
        assertThat(queue.size()).isZero();
        queue.request(5);
        assertThat(taker.taken).isEmpty();
    }
}
