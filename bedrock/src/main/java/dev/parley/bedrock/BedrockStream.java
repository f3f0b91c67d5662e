package dev.parley.bedrock;

import dev.parley.nova.StreamFailure;
import dev.parley.nova.event.InputEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.BidirectionalOutputPayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;

/**
 * One stream to the service. Its listener is called on the SDK's event loops, which carry other streams too, and must only hand over; its
 * last call is {@link Listener#over}, which comes once. At most {@value #AHEAD} events of the service wait to be handled: it sends more when
 * {@link #handled} says so.
 */
final class BedrockStream implements Subscriber<InvokeModelWithBidirectionalStreamOutput> {

    private static final int AHEAD = 32;

    private final Listener listener;
    private final EventQueue queue;
    private final AtomicReference<@Nullable Subscription> answers = new AtomicReference<>();
    private @Nullable CompletableFuture<Void> call;

    /** Who is told what happens. */
    interface Listener {
        /** The service has answered. */
        void connected();

        /** It tells this. */
        void told(byte[] json);

        /** Nothing follows. */
        void over(StreamFailure why);
    }

    BedrockStream(Listener listener, EventQueue queue) {
        this.listener = listener;
        this.queue = queue;
    }

    /** Opens the stream; returns before it is open. */
    void open(BedrockRuntimeAsyncClient client, String modelId) {
        var handler = InvokeModelWithBidirectionalStreamResponseHandler.builder()
                .onResponse(_head -> listener.connected())
                .subscriber(() -> this)
                .build();
        CompletableFuture<Void> begun;
        try {
            begun = client.invokeModelWithBidirectionalStream(request -> request.modelId(modelId), queue,
                    handler);
        } catch (RuntimeException refused) { // a client that is closed, for example
            begun = CompletableFuture.failedFuture(refused);
        }
        call = begun;
        var unused = begun.whenComplete((_nothing, thrown) -> {
            queue.cancel();
            listener.over(Failures.of(thrown));
        });
    }

    /** Sends an event, in order; answers false if the stream is stuck. */
    boolean send(InputEvent event) {
        return queue.offer(event);
    }

    /** Ends our side once all is sent. */
    void finish() {
        queue.complete();
    }

    /** Drops the stream, whatever is under way. */
    void cancel() {
        queue.cancel();
        if (call != null) {
            call.cancel(true);
        }
    }

    /** One more event may come. */
    void handled() {
        Subscription subscription = answers.get();
        if (subscription != null) {
            subscription.request(1);
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        answers.set(subscription);
        subscription.request(AHEAD);
    }

    @Override
    public void onNext(InvokeModelWithBidirectionalStreamOutput event) {
        if (event instanceof BidirectionalOutputPayloadPart part && part.bytes() != null) {
            listener.told(part.bytes().asByteArrayUnsafe());
        } else {
            handled(); // an event of a kind that this program is too old to know
        }
    }

    @Override
    public void onError(Throwable thrown) {
        // The call fails with the same, and is where it is told.
    }

    @Override
    public void onComplete() {
        // Likewise.
    }
}
