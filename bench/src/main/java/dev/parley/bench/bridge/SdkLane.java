package dev.parley.bench.bridge;

import dev.parley.nova.event.InputEvent;
import dev.parley.nova.event.InputEvent.Body;
import dev.parley.nova.event.InputEvent.Role;
import dev.parley.nova.event.InputJson;
import dev.parley.voice.StreamSettings.Inference;
import dev.parley.voice.StreamSettings.Sensitivity;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;

/** The floor: the SDK alone, sending the same bytes again and again and looking at no answer. What Parley costs more is its own share. */
final class SdkLane implements Lane {

    private static final String PROMPT = "9f1c6f0e-3f5b-4c0a-9d47-2f6f0a1b7c11";
    private static final String SYSTEM = "0d9e6b9e-8a51-4a0e-a1f2-5b3a0c7d2e22";
    private static final String AUDIO = "5c2b7a3d-1e64-4f8b-b0c9-7d8e9f0a1b33";
    private static final byte[] PIECE = InputJson
            .write(new InputEvent.AudioInput(PROMPT, AUDIO, new byte[BridgeBench.PIECE_BYTES]));

    /** Time in which the echo server learns that its streams were cancelled, in nanoseconds. */
    private static final long STREAMS_END_IN = 500_000_000;

    private final BedrockRuntimeAsyncClient client;
    private final List<SdkTalk> talks = new ArrayList<>();
    private final List<CompletableFuture<Void>> calls = new ArrayList<>();

    private SdkLane(BedrockRuntimeAsyncClient client) {
        this.client = client;
    }

    static Lane open(int conversations, String port, LongConsumer latency) throws InterruptedException {
        var lane = new SdkLane(client(conversations, port));
        for (int i = 0; i < conversations; i++) {
            var talk = new SdkTalk(latency);
            lane.talks.add(talk);
            opening().forEach(event -> talk.send(InputJson.write(event)));
            lane.calls.add(lane.client.invokeModelWithBidirectionalStream(
                    request -> request.modelId("amazon.nova-2-sonic-v1:0"), talk,
                    InvokeModelWithBidirectionalStreamResponseHandler.builder()
                            .subscriber(talk::answers)
                            .build()));
            Thread.sleep(50);
        }
        return lane;
    }

    /** Like the bridge's. */
    private static BedrockRuntimeAsyncClient client(int conversations, String port) {
        return BedrockRuntimeAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("parley", "parley")))
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP2)
                        .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL)
                        .readTimeout(Duration.ZERO)
                        .maxConcurrency(2 * conversations + 10)
                        .http2Configuration(http2 -> http2.initialWindowSize(1 << 20).maxStreams(20L)))
                .build();
    }

    private static List<InputEvent> opening() {
        return List.of(new InputEvent.SessionStart(Inference.defaults(), Optional.of(Sensitivity.MEDIUM)),
                new InputEvent.PromptStart(PROMPT, "tiffany", 24_000, List.of()),
                new InputEvent.ContentStart(PROMPT, SYSTEM, Role.SYSTEM, false, new Body.Text()),
                new InputEvent.TextInput(PROMPT, SYSTEM, "Be brief."),
                new InputEvent.ContentEnd(PROMPT, SYSTEM),
                new InputEvent.ContentStart(PROMPT, AUDIO, Role.USER, true, new Body.Audio(16_000)));
    }

    @Override
    public String name() {
        return "the SDK alone";
    }

    @Override
    public void send(int conversation) {
        talks.get(conversation).sendPiece(PIECE);
    }

    @Override
    public void close() {
        calls.forEach(call -> call.cancel(true));
        LockSupport.parkNanos(STREAMS_END_IN);
        client.close();
    }
}
