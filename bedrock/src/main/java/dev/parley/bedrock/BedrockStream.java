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
 * Represents one stream to the service. Calls its listener on the SDK's event loops, which also carry other streams, so the listener must
 * only hand over. The last call is {@link Listener#over}, which is made once. At most {@value #AHEAD} events from the service wait to be
 * handled; each call of {@link #handled} requests one more.
 */
final class BedrockStream implements Subscriber<InvokeModelWithBidirectionalStreamOutput> {

    private static final int AHEAD = 32;

    private final Listener listener;
    private final EventQueue queue;
    private final AtomicReference<@Nullable Subscription> answers = new AtomicReference<>();
    private @Nullable CompletableFuture<Void> call;

    /** Receives the events of a stream. */
    interface Listener {
        /** Called when the service has responded. */
        void connected();

        /** Called for each event from the service. */
        void told(byte[] json);

        /** Called when the stream is over; no call follows. */
        void over(StreamFailure why);
    }

    BedrockStream(Listener listener, EventQueue queue) {
        this.listener = listener;
        this.queue = queue;
    }

    /** Opens the stream; returns before the stream is open. */
    void open(BedrockRuntimeAsyncClient client, String modelId) {
        var handler = InvokeModelWithBidirectionalStreamResponseHandler.builder()
                .onResponse(_head -> listener.connected())
                .subscriber(() -> this)
                .build();
        CompletableFuture<Void> begun;
        try {
            begun = client.invokeModelWithBidirectionalStream(request -> request.modelId(modelId), queue,
                    handler);
        } catch (RuntimeException refused) { // for example, the client is closed
            begun = CompletableFuture.failedFuture(refused);
        }
        call = begun;
        var unused = begun.whenComplete((_nothing, thrown) -> {
            queue.cancel();
            listener.over(Failures.of(thrown));
        });
    }

    /** Sends an event, in order; returns false if the stream is stuck. */
    boolean send(InputEvent event) {
        return queue.offer(event);
    }

    /** Ends our side once all events are sent. */
    void finish() {
        queue.complete();
    }

    /** Cancels the stream at once, whatever is in progress. */
    void cancel() {
        queue.cancel();
        if (call != null) {
            call.cancel(true);
        }
    }

    /** Requests one more event from the service. */
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
            handled(); // an event type that is newer than this program
        }
    }

    @Override
    public void onError(Throwable thrown) {
        // The call fails with the same error and reports it.
    }

    @Override
    public void onComplete() {
        // The call completes too and reports the end.
    }
}
