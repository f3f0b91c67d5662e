package dev.parley.bench.bridge;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamInput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;

/** One stream of the floor. Pieces come back in order, so a queue of times tells how long each took. */
final class SdkTalk implements Publisher<InvokeModelWithBidirectionalStreamInput>, Subscription {

    private final LongConsumer latency;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private final Queue<Long> sentAt = new ConcurrentLinkedQueue<>();
    private @Nullable Subscriber<? super InvokeModelWithBidirectionalStreamInput> subscriber;
    private long demand;

    SdkTalk(LongConsumer latency) {
        this.latency = latency;
    }

    void sendPiece(byte[] json) {
        sentAt.add(System.nanoTime());
        send(json);
    }

    void send(byte[] json) {
        lock.lock();
        try {
            waiting.add(json);
            drain();
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        while (subscriber != null && demand > 0 && !waiting.isEmpty()) {
            demand--;
            subscriber.onNext(InvokeModelWithBidirectionalStreamInput.chunkBuilder()
                    .bytes(SdkBytes.fromByteArrayUnsafe(waiting.remove()))
                    .build());
        }
    }

    @Override
    public void subscribe(Subscriber<? super InvokeModelWithBidirectionalStreamInput> given) {
        given.onSubscribe(this);
        lock.lock();
        try {
            subscriber = given;
            drain();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void request(long more) {
        lock.lock();
        try {
            demand += more;
            drain();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cancel() {
        lock.lock();
        try {
            subscriber = null;
        } finally {
            lock.unlock();
        }
    }

    Subscriber<InvokeModelWithBidirectionalStreamOutput> answers() {
        return new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(InvokeModelWithBidirectionalStreamOutput event) {
                if (event instanceof BidirectionalOutputPayloadPart part
                        && part.bytes().asByteArrayUnsafe().length > BridgeBench.PIECE_BYTES) {
                    Long at = sentAt.poll();
                    if (at != null) {
                        latency.accept(System.nanoTime() - at);
                    }
                }
            }

            @Override
            public void onError(Throwable thrown) {
                // The end of the lane cancels it.
            }

            @Override
            public void onComplete() {
                // Likewise.
            }
        };
    }
}
